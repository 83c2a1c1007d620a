// Written by build/purpose-codes.mjs from test/contract/facts/purpose-codes.json; change those.

/** A purpose code of payouts. */
export type PayoutPurposeCode =
  | 'S0017'
  | 'S0019'
  | 'S0026'
  | 'S0027'
  | 'S0099'
  | 'S0003'
  | 'S0004'
  | 'S0005'
  | 'S0006'
  | 'S0007'
  | 'S0008'
  | 'S0001'
  | 'S0002'
  | 'S0009'
  | 'S0010'
  | 'S0011'
  | 'S0012'
  | 'S0013'
  | 'S0014'
  | 'S0015'
  | 'S0016'
  | 'S0020'
  | 'S0021'
  | 'S0022'
  | 'S0023'
  | 'S0024'
  | 'S0025'
  | 'S0101'
  | 'S0102'
  | 'S0103'
  | 'S0104'
  | 'S0108'
  | 'S0109'
  | 'S0201'
  | 'S0202'
  | 'S0203'
  | 'S0204'
  | 'S0205'
  | 'S0206'
  | 'S0207'
  | 'S0208'
  | 'S0209'
  | 'S0210'
  | 'S0211'
  | 'S0212'
  | 'S0214'
  | 'S0215'
  | 'S0216'
  | 'S0217'
  | 'S0218'
  | 'S0219'
  | 'S0220'
  | 'S0221'
  | 'S0222'
  | 'S0223'
  | 'S0224'
  | 'S0301'
  | 'S0303'
  | 'S0304'
  | 'S0305'
  | 'S0306'
  | 'S0501'
  | 'S0502'
  | 'S0601'
  | 'S0602'
  | 'S0603'
  | 'S0605'
  | 'S0607'
  | 'S0608'
  | 'S0609'
  | 'S0610'
  | 'S0611'
  | 'S0612'
  | 'S0701'
  | 'S0702'
  | 'S0703'
  | 'S0801'
  | 'S0802'
  | 'S0803'
  | 'S0804'
  | 'S0805'
  | 'S0806'
  | 'S0807'
  | 'S0808'
  | 'S0809'
  | 'S0901'
  | 'S0902'
  | 'S1002'
  | 'S1003'
  | 'S1004'
  | 'S1005'
  | 'S1006'
  | 'S1007'
  | 'S1008'
  | 'S1009'
  | 'S1010'
  | 'S1011'
  | 'S1013'
  | 'S1014'
  | 'S1015'
  | 'S1016'
  | 'S1017'
  | 'S1018'
  | 'S1020'
  | 'S1021'
  | 'S1022'
  | 'S1023'
  | 'S1099'
  | 'S1101'
  | 'S1103'
  | 'S1104'
  | 'S1105'
  | 'S1106'
  | 'S1107'
  | 'S1108'
  | 'S1109'
  | 'S1201'
  | 'S1202'
  | 'S1301'
  | 'S1302'
  | 'S1303'
  | 'S1304'
  | 'S1305'
  | 'S1306'
  | 'S1307'
  | 'S1401'
  | 'S1402'
  | 'S1403'
  | 'S1405'
  | 'S1408'
  | 'S1409'
  | 'S1410'
  | 'S1411'
  | 'S1412'
  | 'S1501'
  | 'S1502'
  | 'S1503'
  | 'S1504'
  | 'S1505'
  | 'S1601'
  | 'S1602'
  | 'S1701'
  | 'S0000'
  | 'P0001';

/** A group of purpose codes of payouts. */
export type PayoutPurposeGroup =
  | 'Capital Account'
  | 'Foreign Direct Investments'
  | 'Foreign Portfolio Investments'
  | 'Loans'
  | 'Banking Capital'
  | 'Financial Derivatives and Others'
  | 'External Assistance'
  | 'Merchandise imports between resident and non-resident'
  | 'Transport'
  | 'Travel'
  | 'Construction services'
  | 'Insurance and Pension Services'
  | 'Financial Services'
  | 'Telecom, Computer & Information Services'
  | 'Charges for the use of intellectual property n.i.e'
  | 'Other Business Services'
  | 'Personal, Cultural & Recreational services'
  | 'Govt. not included elsewhere (G.n.i.e.)'
  | 'Secondary Income'
  | 'Primary Income'
  | 'Others'
  | 'Maintenance and repair services n.i.e'
  | 'Manufacturing services (goods for processing)';

/** The groups, each after a `=`, and their codes: code, documents, description. */
export const payoutPurposeTable = `
=Capital Account
S0017||Purchase of intangible/non-produced assets or land acquired by government; Government
S0019||Purchase of intangible/non-produced assets; Non-Government
S0026|Invoice|Capital transfers (guarantees, grants, very large non-life claims); Government
S0027|Invoice|Capital transfers (guarantees, grants, very large non-life claims); Non-Government
S0099|Invoice|Other capital payments
=Foreign Direct Investments
S0003|Invoice|Indian direct investment abroad, equity (branches, wholly owned subsidiaries)
S0004|Invoice|Indian direct investment abroad, debt (subsidiaries, associates)
S0005|Invoice|Indian investment abroad, real estate
S0006|Invoice|Repatriation of FDI in India, equity
S0007|Invoice|Repatriation of FDI in India, debt
S0008|Invoice|Repatriation of FDI in India, real estate
=Foreign Portfolio Investments
S0001|Invoice|Indian portfolio investment abroad, equity
S0002|Invoice|Indian portfolio investment abroad, debt
S0009|Invoice|Repatriation of FPI in India, equity or units of AIF/mutual funds
S0010|Invoice|Repatriation of FPI in India, debt
=Loans
S0011||Loans extended to non-residents; export bill discounting between non-residents
S0012|Invoice|Repayment of long/medium term loans from non-residents
S0013|Invoice|Repayment of short term loans from non-residents
=Banking Capital
S0014|Invoice|Repatriation of non-resident deposits
S0015|Invoice|Repayment of IBU loans/overdrafts, overnight lending, deposits by IBUs
S0016|Invoice|Sale of one foreign currency against another
=Financial Derivatives and Others
S0020|Invoice|Margin, premium and settlement payments under derivatives
S0021|Invoice|Payments for shares under employee stock options
S0022|Invoice|Investment in Indian Depository Receipts
S0023|Invoice|Opening a foreign currency account abroad
=External Assistance
S0024|Invoice|External assistance extended by India
S0025|Invoice|Repayment of external assistance received
=Merchandise imports between resident and non-resident
S0101|Invoice|Advance payment against imports (not Nepal/Bhutan)
S0102|Invoice|Import invoice settlement (not Nepal/Bhutan)
S0103|Invoice+Shipping date+Trade documents|Imports by diplomatic missions (not Nepal/Bhutan)
S0104|Invoice|Intermediary/transit trade through India
S0108|Invoice|Goods acquired under merchanting, import leg
S0109|Invoice+Shipping date+Trade documents|Imports from Nepal and Bhutan
=Transport
S0201|Invoice|Surplus freight/passenger fare, foreign shipping companies in India
S0202|Invoice|Operating expenses of Indian shipping companies abroad
S0203|Invoice|Freight on imports, shipping
S0204|Invoice|Freight on exports, shipping
S0205|Invoice|Operational leasing of vessels with crew, shipping
S0206|Invoice|Passage bookings abroad, shipping
S0207|Invoice|Surplus freight/passenger fare, foreign airlines in India
S0208|Invoice|Operating expenses of Indian airlines
S0209|Invoice|Freight on imports, airlines
S0210|Invoice|Freight on exports, airlines
S0211|Invoice|Operational leasing with crew, airlines
S0212|Invoice|Passage bookings abroad, airlines
S0214|Invoice|Stevedoring, demurrage, port handling, shipping
S0215|Invoice|Stevedoring, demurrage, port handling, airlines
S0216|Invoice|Passenger payments, shipping
S0217|Invoice|Other payments, shipping
S0218|Invoice|Passenger payments, airlines
S0219|Invoice|Other payments, airlines
S0220|Invoice|Freight, other modes of transport
S0221|Invoice|Passenger fare, other modes of transport
S0222|Invoice|Postal and courier services by air
S0223|Invoice|Postal and courier services by sea
S0224|Invoice|Postal and courier services, other
=Travel
S0301||Business travel
S0303|Invoice|Pilgrimage travel
S0304|Invoice|Travel for medical treatment
S0305|Invoice|Travel for education incl. fees and hostel
S0306|Invoice|Other travel incl. holidays and international card settlement
=Construction services
S0501||Projects abroad by Indian companies incl. goods imported at site
S0502|Invoice|Projects in India executed by foreign companies
=Insurance and Pension Services
S0601||Life insurance premium except term
S0602|Invoice|Freight insurance on goods imports/exports
S0603|Invoice|Other general insurance premium, reinsurance and term life
S0605|Invoice|Auxiliary services incl. commission on insurance
S0607|Invoice|Claim settlement, non-life and term life
S0608|Invoice|Life insurance claim settlements
S0609|Invoice|Standardised guarantee services
S0610|Invoice|Pension fund premium
S0611|Invoice|Periodic pension entitlements from Indian pension funds
S0612|Invoice|Invoking standardised guarantees
=Financial Services
S0701|Invoice|Financial intermediation: bank, collection, LC charges
S0702|Invoice|Investment banking: brokerage, underwriting
S0703|Invoice|Auxiliary: operation/regulatory fees, custodial, depository
=Telecom, Computer & Information Services
S0801|Invoice|Hardware consultancy/implementation
S0802|Invoice+Shipping date+Trade documents|Software consultancy/implementation
S0803|Invoice|Database and data processing charges
S0804|Invoice|Repair and maintenance of computers and software
S0805|Invoice|News agency services
S0806|Invoice|Other information services (newspaper subscriptions)
S0807|Invoice+Shipping date+Trade documents|Off-site software imports
S0808|Invoice|Telecommunication services incl. e-mail and voice mail
S0809|Invoice|Satellite services incl. space shuttle and rockets
=Charges for the use of intellectual property n.i.e
S0901|Invoice|Franchise services
S0902|Invoice|Licensing of produced originals, prototypes, patents, trademarks
=Other Business Services
S1002|Invoice|Trade related services, commission on exports/imports
S1003|Invoice|Operational leasing without crew incl. charter hire, airlines
S1004|Invoice|Legal services
S1005|Invoice|Accounting, auditing, bookkeeping
S1006|Invoice|Business/management consultancy and public relations
S1007|Invoice|Advertising, trade fairs
S1008|Invoice|Research and development
S1009|Invoice|Architectural services
S1010|Invoice|Agricultural services (pest/disease protection, yields, forestry)
S1011|Invoice|Maintenance of offices abroad
S1013|Invoice|Environmental services
S1014|Invoice|Engineering services
S1015|Invoice|Tax consulting
S1016|Invoice|Market research and opinion polling
S1017|Invoice|Publishing and printing
S1018|Invoice|Mining services, on-site processing analysis
S1020|Invoice|Commission agent services
S1021|Invoice|Wholesale and retail trade services
S1022|Invoice|Operational leasing without crew incl. charter hire, shipping
S1023|Invoice|Other technical services incl. scientific/space
S1099|Invoice|Other services not listed elsewhere
=Personal, Cultural & Recreational services
S1101|Invoice|Audio-visual production, distribution, projection
S1103|Invoice|Radio and television production, distribution, transmission
S1104|Invoice|Entertainment services
S1105|Invoice|Museum, library and archival services
S1106|Invoice|Recreation and sporting activities
S1107||Education (e.g. correspondence course fees)
S1108||Health services received, remote or on-site
S1109||Other personal, cultural and recreational services
=Govt. not included elsewhere (G.n.i.e.)
S1201|Invoice|Maintenance of Indian embassies abroad
S1202|Invoice|Remittances by foreign embassies in India
=Secondary Income
S1301||Family maintenance and savings
S1302|Invoice|Personal gifts and donations
S1303|Invoice|Donations to religious/charitable institutions abroad
S1304||Grants/donations to other governments and their charitable institutions
S1305|Invoice|Government contributions to international institutions
S1306||Payment or refund of taxes
S1307|Invoice|Migrant transfers incl. personal effects
=Primary Income
S1401|Invoice|Compensation of employees
S1402|Invoice|Interest on non-resident deposits
S1403|Invoice|Interest on loans from non-residents, trade credits
S1405|Invoice|Interest payment by IBUs on own account or NOSTRO overdraft
S1408|Invoice|Profit of FDI enterprises in India (branches)
S1409|Invoice|Dividends of FDI enterprises in India (not branches)
S1410|Invoice|Interest paid by FDI enterprises in India to foreign parent
S1411|Invoice|Interest income on portfolio investment in India
S1412|Invoice|Dividends on portfolio investment in India
=Others
S1501|Invoice|Refunds/rebates/invoice reductions on exports
S1502|Invoice|Reversal of wrong entries, refunds for non-exports
S1503|Invoice|Payments for international bidding
S1504|Invoice|Notional sales when export bills are dishonoured/crystallised/cancelled
S1505|Invoice|Deemed imports (SEZ, EPZ, domestic tariff area)
S0000|Invoice|Self transfer
=Maintenance and repair services n.i.e
S1601|Invoice|Maintenance/repair of vessels, ships, boats, warships
S1602|Invoice|Maintenance/repair of aircraft, space shuttles, rockets
=Manufacturing services (goods for processing)
S1701|Invoice|Processing of goods
=
P0001|Withdrawal consent letter|
`;
