# A settlement balance below zero is a debt; one larger than the limit is converted though the account is healthy. (R5a)
# Carol (0.5 BTC, counted at 50,000 x 0.8 = 40,000 each) loses 1,000 on 10 ETH from 2,000 to 1,900. Her debt of 1,000 exceeds
# 500: the desk takes 1,000 / 40,000 = 0.025 BTC and pays the 1,000. Her equity is 19,000 before and after.
asset   USDC decimals 6
asset   BTC decimals 8
pool    main asset USDC debt-max 500
  quantity  adl score pnl-x-leverage allocate queue
market  ETH-PERP pool main tick 0.01 lot 0.01 brackets 0:0.05:0.025
account vault pool main
deposit vault 100000 USDC
desk    vault share 1
collateral BTC pool main tick 0.1 haircut 0.2
mark    collateral BTC 50000.0 ETH-PERP 2000.00
account carol pool main
deposit carol 0.5 BTC
deposit bob 10000 USDC
expect  equity carol 20000
trade   ETH-PERP buy carol sell bob 10 @ 2000.00
mark    ETH-PERP 1900.00
expect  equity carol 19000
trade   ETH-PERP buy bob sell carol 10 @ 1900.00
mark    ETH-PERP 1900.00
expect  balance carol USDC 0
expect  balance carol BTC 0.475
expect  equity carol 19000
expect  balance vault USDC 99000
expect  balance vault BTC 0.025
expect  balance bob 11000
expect  gap 0
