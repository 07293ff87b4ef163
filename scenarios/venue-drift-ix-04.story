# A loss in a pool in which nobody holds a position: there is nobody to charge, and it is carried over. (R15, R17)
# Case: drift-ix-04-no-holders
# Source: drift-labs/protocol-v2, programs/drift/src/math/liquidation/tests.rs, total_base_asset_amount_is_zero
# Carol put down 8 USDX, bought a lot at 10 and sold it at 8: she owes 2. When her 8 USDX count 1 in all, the desk takes
# them, and 1 is missing. Drift refuses to socialise that; here it is a gap of the pool, of which the holders of its markets
# bear nothing.
asset   USD decimals 6
asset   USDX decimals 6
pool    main asset USD
  quantity  adl
  money     fund | haircut base size side both | carryover
market  PERP pool main tick 0.01 lot 1 brackets 0:0.1:0.05
account vault pool main
deposit vault 100 USD
desk    vault
collateral USDX pool main tick 0.001
mark    PERP 10 collateral USDX 1
account carol pool main
deposit carol 8 USDX
deposit bob 100 USD
trade   PERP buy carol sell bob 1 @ 10
mark    PERP 8
trade   PERP buy bob sell carol 1 @ 8
expect  balance carol USD -2
mark    collateral USDX 0.125
expect  bankrupt 1
expect  converted carol 1
expect  gap 1
expect  haircut paid 0
expect  carryover main 1
expect  balance bob 102
expect  balance vault USD 99
