# Later profits recover an uncovered loss: what is locked is cut in proportion, the fund gets nothing of it. (R19, R15, R17)
# Percolator, test_recover_stranded_proportional_haircut_multiple_accounts (perc-ph-16-recover-two): 20,000 are uncovered; a
# has a profit of 30,000, b of 10,000: 15,000 and 5,000 are taken, 15,000 and 5,000 are left. Here the loss comes from a short
# of 40 lots that rises by 1,000 a lot and has only 20,000; all positions are closed by ADL. A second settle finds nothing.
asset   USD decimals 0
pool    main asset USD profit settlement clawback base locked-profit
  quantity  adl
  money     fund | carryover
market  PERP pool main tick 1 lot 1 brackets 0:0.1:0.05
deposit a 10000 USD
deposit b 10000 USD
deposit short 20000 USD
deposit idle 7000 USD
mark    PERP 1000
trade   PERP buy a sell short 30 @ 1000 | PERP buy b sell short 10 @ 1000
mark    PERP 2000
expect  gap 20000
expect  carryover main 20000
expect  locked-profit a 30000
expect  locked-profit b 10000
settle  main
expect  carryover main 0
expect  balance a 25000
expect  balance b 15000
expect  balance idle 7000
expect  fund main 0
expect  locked-profit a 0
settle  main
expect  balance a 25000
