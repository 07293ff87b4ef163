# While a loss is open, profits stay: what was paid in may leave, what was won may not. (R18, R17)
# Alice's 20 are carried over. Bob, closed at mark, has 80, of which 50 are his own: 50 may leave, not a unit more. When the
# fund has paid the 20, his 30 are free. Eva, who won nothing, may leave with all her 200 at any time.
include haircut-world.story
pool    main money carryover
mark    BTC-PERP 80.0
expect  carryover main 20
expect  balance bob 80
withdraw bob 50.000001 USDC refused withdrawal_gated
withdraw bob 50 USDC
expect  balance bob 30
withdraw bob 0.000001 USDC refused withdrawal_gated
withdraw eva 200 USDC
fund    main deposit 20
expect  carryover main 0
withdraw bob 30 USDC
expect  balance bob 0
expect  equity dan 80
expect  equity carl 40
