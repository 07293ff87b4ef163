# Haircut by index on sizes: every lot that is still held owes the same at once; who was closed by ADL pays his part then and there. (R15)
# Gap 20 over the shorts' 1.5 + 1.0 lots of the round's start: 8 a lot. Bob's 1.5 are closed by ADL: 12 from his balance. Dan
# still holds 1.0: the index of the shorts rises by 8 a lot, his cost counts it from that moment, his balance and his claim
# only when he is touched, here by a trade of half of it. What is in nobody's events yet is in no claim yet. [Drift v2, MCDEX]
include haircut-world.story
pool    main money haircut base size side opposing apply index | carryover
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  haircut bob 12
expect  haircut dan 0
expect  balance bob 68
expect  balance dan 60
expect  upnl dan 12
expect  cost dan BTC-PERP -92
expect  equity dan 72
expect  claim dan 0
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
trade   BTC-PERP buy dan sell eva 0.5 @ 80.0
expect  haircut dan 8
expect  claim dan 8
expect  balance dan 66
expect  upnl dan 6
expect  equity dan 72
