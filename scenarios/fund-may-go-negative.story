# A fund that pays whatever is asked: its shared part falls below zero, and nothing is carried over. (R14, R18)
# Bucket 6, shared 4: of the gap of 20 the bucket pays 6, the shared part 14 and stands at -10. Bob keeps his profit, but a
# fund below zero is an open loss: what leaves is at most what was put in (bob 50). An inflow of 12 brings it to 2, and all
# may leave. The setting stays on as long as the fund is below zero. [Perp v2 (Curie): bad debt makes the fund negative]
include haircut-world.story
pool    main may-go-negative on money fund | deleveraged price zero | haircut | carryover
fund    main deposit 6 market BTC-PERP
fund    main deposit 4
mark    BTC-PERP 80.0
expect  gap 20
expect  fund paid 20
expect  deleveraged bob 0
expect  fund main -10
expect  shared-fund -10
expect  empty 1
expect  usable 0
expect  carryover main 0
pool    main may-go-negative off refused bad_setting
expect  balance bob 80
expect  net-deposits bob 50
expect  withdrawable bob 50
withdraw bob 51 USDC refused withdrawal_gated
fund    main deposit 12
expect  fund main 2
expect  empty 0
withdraw bob 80 USDC
pool    main may-go-negative off
