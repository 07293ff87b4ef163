# What liquidations bring in pays the open carryover before it fills the fund. (R17, R21)
# Alice leaves 20 open at 80. At 41 carl has 60 - 59 = 1 on his 1 BTC, against 1.025: all of it goes out, zero value 40.0.
# Eva buys at 40.5: a surplus of 0.5. The fee would be 5% of 40.5, so it takes all of the 0.5; they go to the carryover:
# 19.5 are left, the fund stays empty.
include haircut-world.story
pool    main quantity book | adl score pnl-x-leverage allocate queue
  money fund | carryover
  full-close-under 1000 liquidation-fee 0.05
mark    BTC-PERP 80.0
expect  carryover BTC-PERP 20
mark    BTC-PERP 64.0
expect  state carl healthy
mark    BTC-PERP 41.0
expect  state carl working
expect  order-limit carl BTC-PERP 40.0
fill    carl BTC-PERP 1 @ 40.5 taker eva
expect  surplus carl 0.5
expect  liquidation-fee carl 0.5
expect  carryover BTC-PERP 19.5
expect  fund main 0
expect  balance carl 0
expect  equity eva 200.5
expect  balance bob 80
expect  equity dan 119
