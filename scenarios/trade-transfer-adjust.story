# Money between an owner's accounts, postings by hand, and an account that is closed. (R2, R18, R22)
# 100 in; 30 to the second account; a correction of -1 and one of +0.50 with their reasons; never below what is there.
# An account with money cannot be closed; an empty one can, and then takes nothing.
asset   USDC decimals 6
pool    main asset USDC
account carol pool main owner carol
account carol-2 pool main owner carol
account dave pool main
deposit carol 100 USDC
deposit dave 7 USDC
transfer carol carol-2 30 USDC
transfer carol-2 dave 1 USDC refused owner_differs
adjust  carol -1 USDC reason 7
adjust  carol-2 0.50 USDC reason 8
adjust  carol -69.000001 USDC refused insufficient
expect  balance carol 69
expect  balance carol-2 30.5
expect  balance dave 7
flags   dave closed refused not_empty
withdraw dave 7 USDC
flags   dave closed
deposit dave 1 USDC refused account_closed
flags   dave none
deposit dave 1 USDC
expect  balance dave 1
expect  fees 0
expect  dust 0
