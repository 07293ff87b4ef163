# Attack: leave before the loss is booked. (R18, R21)
# Expected: a loss is booked in the command that causes it, and before that the profit is unrealised and cannot leave. At 98
# bob takes what he may, min(50, 53 - 7.35) = 45.65. At 80 he still pays the whole 20 out of his 30: 4.35 + 30 - 20 = 14.35.
include haircut-world.story
pool    main money fund | deleveraged price zero | haircut | carryover
mark    BTC-PERP 98.0
expect  withdrawable bob 45.65
withdraw bob 45.650001 USDC refused insufficient
withdraw bob 45.65 USDC
mark    BTC-PERP 80.0
expect  gap 20
expect  deleveraged bob 20
expect  balance bob 14.35
withdraw bob 34.35 USDC refused insufficient
withdraw bob 14.35 USDC
expect  carryover main 0
expect  equity dan 80
expect  equity carl 40
expect  equity eva 200
