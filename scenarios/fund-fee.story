# A liquidator who takes over a bankrupt position is paid by the fund: the loss and a fee on it. (R14, R12) [Mango v4]
# Desk vic takes alice's 1.5 at mark 80 and, for the gap of 20, a fee of 5%: the fund pays 21, vic gets 1. Then zoe goes under
# with a gap of 20, the fund has only 10.5: that is 10 of the gap and a fee of 0.5; ken and dan, who
# have won 40 each, give 5 each.
include haircut-world.story
pool    main quantity backstop | adl
  money fund fee 0.05 | haircut | carryover
account vic pool main
deposit vic 100 USDC
desk    vic share 1 market-max 200
fund    main deposit 31.5
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 20
expect  fund main 10.5
expect  taken vic BTC-PERP via backstop 1.5
expect  balance vic 101
trade   BTC-PERP buy bob sell vic 1.5 @ 80.0
deposit zoe 20 USDC
deposit ken 100 USDC
trade   BTC-PERP buy zoe sell ken 2 @ 80.0
mark    BTC-PERP 60.0
expect  gap 20
expect  fund paid 10
expect  haircut paid 10
expect  haircut ken 5
expect  haircut dan 5
expect  fund main 0
expect  balance vic 101.5
