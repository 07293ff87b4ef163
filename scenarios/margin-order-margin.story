# Working orders hold margin: what is reserved for them cannot leave. (R4a, R18)
# Alice has 10. With 4 reserved 6 can be withdrawn; more than 10 cannot be reserved at all. Released, all 10 are free.
asset   USDC decimals 6
pool    main asset USDC
deposit alice 10 USDC
deposit bob 10 USDC
order   alice margin 4
expect  order-margin alice 4
expect  withdrawable alice 6
withdraw alice 6.000001 USDC refused insufficient
order   alice margin 10.000001 refused working_margin
expect  order-margin alice 4
withdraw alice 5 USDC
expect  balance alice 5
expect  withdrawable alice 1
order   alice margin 0
expect  order-margin alice 0
expect  withdrawable alice 5
expect  balance bob 10
expect  withdrawable bob 10
