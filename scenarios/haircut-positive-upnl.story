# Haircut on the winners' unrealised profits, read before any close: who was deleveraged pays like the others. (R15, R17)
# Gap 20, profits 30 and 20: 40% of each, bob 12, dan 8. Bob was closed at mark, so his charge leaves his balance: 80 - 12.
# Dan's raises his cost: -100 + 8, profit 12, balance unchanged. Each has a claim.
include haircut-world.story
pool    main money haircut base positive-upnl scope market allocate capped-pro-rata | carryover
mark    BTC-PERP 80.0
expect  gap 20
expect  haircut paid 20
expect  haircut bob 12
expect  haircut dan 8
expect  balance bob 68
expect  cost dan BTC-PERP -92
expect  upnl dan 12
expect  balance dan 60
expect  claim bob 12
expect  claim dan 8
expect  claims 20
expect  carryover paid 0
expect  equity carl 40
expect  equity eva 200
