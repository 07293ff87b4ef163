# Haircut by size on the opposing side: lots pay, profit or not, and from the balance. (R15)
# Gap 20 over the shorts' 1.5 + 1.0 lots: 8 a lot, bob 12, dan 8. Dan's unrealised 20 stay, his balance falls to 52.
include haircut-world.story
pool    main money haircut base size side opposing | carryover
mark    BTC-PERP 80.0
expect  haircut bob 12
expect  haircut dan 8
expect  balance bob 68
expect  balance dan 52
expect  upnl dan 20
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
