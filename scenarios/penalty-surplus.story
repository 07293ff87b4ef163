# A penalty is taken of the value closed, whatever the surplus: here the surplus is larger, and nobody lacks anything. (R11)
# At 93 alice has 40 where 46.5 must stay; 5.699 units bring her to initial margin. The desk takes them at the mark, 530.007,
# zero value 507.211. 1% is the fund's, 5.30007, 2% the desk's, 10.60014. Of the surplus of 22.796 these leave 6.89579, out of
# which the liquidation fee of 0.1% is paid, 0.530007. 23.569783 stay, more than the 19.99965 that her 4.301 units need.
include sync-world.story
pool    main quantity backstop | adl penalty 0.01 penalty-desk 0.02 liquidation-fee 0.001
deposit vault 1000 USDC
desk    vault share 1 market-max 10000
mark    BTC-PERP 93.0
expect  closed alice BTC-PERP via backstop 5.699
expect  penalty alice 15.90021
expect  surplus alice 6.89579
expect  liquidation-fee alice 0.530007
expect  equity alice 23.569783
expect  balance vault 1010.60014
expect  fund BTC-PERP 5.830077
expect  gap 0
