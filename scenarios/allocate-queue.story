# Rule queue in a haircut: the one who gained most pays first, to his cap, then the next. (R16, R15)
# Gap 20, and at most half of a profit: bob's cap is 15, dan's 10. Bob (30) stands before dan (20): he gives his 15, dan the
# other 5. The rule capped-pro-rata would have taken 12 and 8.
include haircut-world.story
pool    main money haircut base positive-upnl allocate queue fraction 0.5 | carryover
mark    BTC-PERP 80.0
expect  haircut bob 15
expect  haircut dan 5
expect  balance bob 65
expect  equity dan 75
expect  equity carl 40
expect  equity eva 200
expect  carryover main 0
