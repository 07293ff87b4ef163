# Roundings of a clawback: what the winners of the period keep is floored; what that takes too much has a place. (R16, R19, R2)
# In both pools a long loses 120 on 3 lots and has 50: 70 are carried. The shorts of one lot each have won 40; 70 / 3 = 23.33,
# so each gives 24, 2 too much. Pool fund: they are the fund's, when nothing is carried any more. Pool carry holds them: of the
# next loss, 67, only 65 are charged, 21.67 each: 22, which is 1 too much. The shorts end with
# 132 each: 3 x 132 and the 1 held are the 350 + 47 that came in.
asset   USD decimals 0
pool    fund asset USD clawback base period-gains rounding floor-fund
  quantity  adl
  money     carryover
pool    carry asset USD clawback base period-gains rounding ceil-carry
  quantity  adl
  money     carryover
market  A pool fund tick 1 lot 1 brackets 0:0.05:0.025
market  B pool carry tick 1 lot 1 brackets 0:0.05:0.025
deposit long 50 USD
deposit ann 100 USD
deposit ben 100 USD
deposit cleo 100 USD
account long2 pool carry
account ann2 pool carry
account ben2 pool carry
account cleo2 pool carry
account long3 pool carry
deposit long2 50 USD
deposit ann2 100 USD
deposit ben2 100 USD
deposit cleo2 100 USD
mark    A 100 B 100
trade   A buy long sell ann 1 @ 100 | A buy long sell ben 1 @ 100 | A buy long sell cleo 1 @ 100
trade   B buy long2 sell ann2 1 @ 100 | B buy long2 sell ben2 1 @ 100 | B buy long2 sell cleo2 1 @ 100
mark    A 60 B 60
expect  carryover fund 70
expect  carryover carry 70
settle  fund
settle  carry
expect  haircut ann 24
expect  haircut ben 24
expect  haircut cleo 24
expect  balance cleo 116
expect  carryover fund 0
expect  fund fund 2
expect  ceil-carried fund 0
expect  haircut cleo2 24
expect  carryover carry 0
expect  fund carry 0
expect  ceil-carried carry 2
deposit long3 47 USD
trade   B buy long3 sell ann2 1 @ 60 | B buy long3 sell ben2 1 @ 60 | B buy long3 sell cleo2 1 @ 60
mark    B 22
expect  carryover carry 67
settle  carry
expect  haircut ann2 22
expect  haircut ben2 22
expect  haircut cleo2 22
expect  ceil-carried carry 1
expect  carryover carry 0
expect  balance cleo2 132
