# What the desk took it sells outside: the collateral leaves, the proceeds come in. (R5a, R2)
# As in collateral-debt the desk took 0.025 BTC for 1,000. It sells them for 1,100: its balance is 100,000 - 1,000 + 1,100.
# It cannot sell more than it has.
include collateral-debt.story
convert vault 0.0250001 BTC proceeds 1100 refused insufficient
convert vault 0.025 BTC proceeds 1100
expect  balance vault BTC 0
expect  balance vault USDC 100100
expect  balance carol BTC 0.475
expect  balance carol USDC 0
expect  balance bob 11000
