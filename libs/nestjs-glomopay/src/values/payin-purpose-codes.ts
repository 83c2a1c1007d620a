// Written by build/purpose-codes.mjs from test/contract/facts/purpose-codes.json; change those.

/** A purpose code of payins. */
export type PayinPurposeCode =
  | 'P0017'
  | 'P0019'
  | 'P0028'
  | 'P0029'
  | 'P0099'
  | 'P0003'
  | 'P0004'
  | 'P0005'
  | 'P0006'
  | 'P0007'
  | 'P0008'
  | 'P0001'
  | 'P0002'
  | 'P0009'
  | 'P0010'
  | 'P0011'
  | 'P0012'
  | 'P0013'
  | 'P0014'
  | 'P0015'
  | 'P0016'
  | 'P0020'
  | 'P0021'
  | 'P0022'
  | 'P0024'
  | 'P0025'
  | 'P0101'
  | 'P0102'
  | 'P0103'
  | 'P0104'
  | 'P0105'
  | 'P0107'
  | 'P0108'
  | 'P0201'
  | 'P0202'
  | 'P0205'
  | 'P0207'
  | 'P0208'
  | 'P0211'
  | 'P0214'
  | 'P0215'
  | 'P0216'
  | 'P0217'
  | 'P0218'
  | 'P0219'
  | 'P0220'
  | 'P0221'
  | 'P0222'
  | 'P0223'
  | 'P0224'
  | 'P0225'
  | 'P0226'
  | 'P0301'
  | 'P0302'
  | 'P0304'
  | 'P0305'
  | 'P0306'
  | 'P0308'
  | 'P0501'
  | 'P0502'
  | 'P0601'
  | 'P0602'
  | 'P0603'
  | 'P0605'
  | 'P0607'
  | 'P0608'
  | 'P0609'
  | 'P0610'
  | 'P0611'
  | 'P0612'
  | 'P0701'
  | 'P0702'
  | 'P0703'
  | 'P0801'
  | 'P0802'
  | 'P0803'
  | 'P0804'
  | 'P0805'
  | 'P0806'
  | 'P0807'
  | 'P0808'
  | 'P0809'
  | 'P0901'
  | 'P0902'
  | 'P1002'
  | 'P1003'
  | 'P1004'
  | 'P1005'
  | 'P1006'
  | 'P1007'
  | 'P1008'
  | 'P1009'
  | 'P1010'
  | 'P1011'
  | 'P1013'
  | 'P1014'
  | 'P1015'
  | 'P1016'
  | 'P1017'
  | 'P1018'
  | 'P1019'
  | 'P1020'
  | 'P1021'
  | 'P1022'
  | 'P1099'
  | 'P1101'
  | 'P1103'
  | 'P1104'
  | 'P1105'
  | 'P1106'
  | 'P1107'
  | 'P1108'
  | 'P1201'
  | 'P1203'
  | 'P1301'
  | 'P1302'
  | 'P1303'
  | 'P1304'
  | 'P1306'
  | 'P1307'
  | 'P1401'
  | 'P1403'
  | 'P1405'
  | 'P1408'
  | 'P1409'
  | 'P1410'
  | 'P1411'
  | 'P1412'
  | 'P1499'
  | 'P1501'
  | 'P1502'
  | 'P1503'
  | 'P1505'
  | 'P1601'
  | 'P1602'
  | 'P1701'
  | 'S0001'
  | 'S0002';

/** A group of purpose codes of payins. */
export type PayinPurposeGroup =
  | 'Capital Account'
  | 'Foreign Direct Investment'
  | 'Foreign Portfolio Investment'
  | 'Loans'
  | 'Banking Capital'
  | 'Financial Derivatives and Others'
  | 'External Assistance'
  | 'Merchandise exports between resident and non-resident'
  | 'Transport'
  | 'Travel'
  | 'Construction Services'
  | 'Insurance and Pension Services'
  | 'Financial Services'
  | 'Telecom, Computer & Information Services'
  | 'Charges for intellectual property'
  | 'Other Business Services'
  | 'Personal, Cultural & Recreational services'
  | 'Govt not included elsewhere (G..n.i.e)'
  | 'Secondary Income'
  | 'Primary Income'
  | 'Others'
  | 'Maintenance and repair services n.i.e'
  | 'Manufacturing services';

/** The groups, each after a `=`, and their codes: code, documents, description. */
export const payinPurposeTable = `
=Capital Account
P0017|Invoice|Sale of intangible/non-produced assets or land acquired by government; Government
P0019|Invoice|Sale of intangible/non-produced assets; Non-Government
P0028|Invoice|Capital transfer receipts (guarantees, grants, very large non-life claims); Government
P0029|Invoice|Capital transfer receipts (guarantees, grants, very large non-life claims); Non-Government
P0099|Invoice|Other capital receipts
=Foreign Direct Investment
P0003|Invoice|Repatriated Indian direct investment abroad, equity
P0004|Invoice|Repatriated Indian direct investment abroad, debt
P0005|Invoice|Repatriated Indian real-estate investment abroad
P0006|Invoice|FDI into India by overseas investors, equity
P0007|Invoice|FDI into India by overseas investors, debt
P0008|Invoice|FDI into India by overseas investors, real estate
=Foreign Portfolio Investment
P0001|Customer declaration|Repatriated Indian portfolio investment abroad, equity (shares)
P0002|Invoice|Repatriated Indian portfolio investment abroad, debt
P0009|Invoice|FPI into India, equity shares or units of AIF/mutual funds
P0010|Invoice|FPI into India, debt instruments
=Loans
P0011|Invoice|Repayment of loans extended to non-residents; discounted export bills between two non-residents
P0012|Invoice|Long/medium term loans (over 1 year) from non-residents
P0013|Invoice|Short term loans (up to 1 year) from non-residents; short-term trade credit
=Banking Capital
P0014|Invoice|Non-resident deposits (fixed deposits, savings)
P0015|Invoice|Loans/overdrafts taken by IBUs on own account, overnight borrowing, deposits placed with IBUs
P0016|Invoice|Purchase of one foreign currency against another
P0020|Invoice|Margin, premium and settlement amounts under financial derivatives
=Financial Derivatives and Others
P0021|Invoice|Sale of shares under employee stock options
P0022|Invoice|Other investment in ADRs/GDRs
=External Assistance
P0024|Invoice|External assistance received by India (multilateral/bilateral loans)
P0025|Invoice|Repayments of external assistance extended by India
=Merchandise exports between resident and non-resident
P0101|Invoice|Export bills negotiated/purchased/discounted (not Nepal/Bhutan)
P0102|Invoice|Export bills realised on collection, full invoice value (not Nepal/Bhutan)
P0103|Invoice|Advance receipts against export contracts (not Nepal/Bhutan)
P0104|Invoice|Goods exports not covered by GR/PP/SOFTEX/EC, intermediary or transit trade
P0105|Invoice|Export bills for goods sent on collection (not Nepal/Bhutan)
P0107|Invoice|NPD export bills realised, full value (not Nepal/Bhutan)
P0108|Invoice|Goods sold under merchanting, export leg
=Transport
P0201|Invoice|Surplus freight/passenger fare, Indian shipping companies abroad
P0202|Invoice|Operating expenses of foreign shipping companies in India
P0205|Invoice|Operational leasing with crew, shipping
P0207|Invoice|Surplus freight/passenger fare, Indian airlines abroad
P0208|Invoice|Operating expenses of foreign airlines in India
P0211|Invoice|Operational leasing with crew, airlines
P0214|Invoice|Other transport services (stevedoring, demurrage, port handling), shipping
P0215|Invoice|Other transport services (stevedoring, demurrage, port handling), airlines
P0216|Invoice|Freight fare, shipping companies abroad
P0217|Invoice|Passenger fare, Indian shipping companies abroad
P0218|Invoice|Other receipts, shipping companies
P0219|Invoice|Freight fare, Indian airlines abroad
P0220|Invoice|Passenger fare, airlines
P0221|Invoice|Other receipts, airlines
P0222|Invoice|Freight, other modes of transport
P0223|Invoice|Passenger fare, other modes of transport
P0224|Invoice|Postal and courier services by air
=Travel
P0225|Invoice|Postal and courier services by sea
P0226|Invoice|Postal and courier services, other
P0301|Invoice|Purchases towards travel (TCs, currency notes over the counter)
P0302|Invoice|Business travel
P0304|Invoice|Travel for medical treatment
P0305|Invoice|Travel for education
P0306|Invoice|Other travel receipts
P0308|Invoice|Foreign currency/TCs surrendered by returning Indian tourists
=Construction Services
P0501|Invoice|Services for construction of projects in India
P0502|Invoice|Construction works abroad by Indian companies
=Insurance and Pension Services
P0601|Invoice|Life insurance premium except term
P0602|Invoice|Freight insurance on goods imports/exports
P0603|Invoice|Other general insurance premium, reinsurance and term life
P0605|Invoice|Auxiliary services incl. commission on insurance
P0607|Invoice|Insurance claim settlement, non-life and life
P0608|Invoice|Life insurance claims received by residents
P0609|Invoice|Standardised guarantee services
P0610|Invoice|Pension fund premium
P0611|Invoice|Periodic pension entitlements from Indian pension funds
P0612|Invoice|Invoking standardised guarantees
=Financial Services
P0701|Invoice|Financial intermediation: bank, collection, LC charges
P0702|Invoice|Investment banking: brokerage, underwriting
P0703|Invoice|Auxiliary: operation/regulatory fees, custodial, depository
=Telecom, Computer & Information Services
P0801|Invoice|Hardware consultancy/implementation
P0802|Invoice|Software consultancy/implementation
P0803|Invoice|Database and data processing charges
P0804|Invoice|Repair and maintenance of computers and software
P0805|Invoice|News agency services
P0806|Invoice|Other information services (newspaper/periodical subscriptions)
P0807|Invoice|Off-site software exports
P0808|Invoice|Telecommunication services incl. e-mail and voice mail
P0809|Invoice|Satellite services incl. space shuttle and rockets
=Charges for intellectual property
P0901|Invoice|Franchise services
P0902|Invoice|Licensing of produced originals or prototypes
=Other Business Services
P1002|Invoice|Trade related services, commission on exports/imports
P1003||Operational leasing without crew incl. charter hire, airlines
P1004||Legal services
P1005||Accounting, auditing, bookkeeping
P1006||Business/management consultancy and public relations
P1007||Advertising, trade fairs
P1008||Research and development
P1009||Architectural services
P1010||Agricultural services (pest/disease protection, yields, forestry)
P1011||Maintenance of offices in India
P1013||Environmental services
P1014||Engineering services
P1015||Tax consulting
P1016||Market research and opinion polling
P1017||Publishing and printing
P1018||Mining services, on-site processing, ore analysis
P1019||Commission agent services
P1020||Wholesale and retail trade services
P1021||Operational leasing without crew incl. charter hire, shipping
P1022||Other technical services incl. scientific/space
P1099||Other services not listed elsewhere
=Personal, Cultural & Recreational services
P1101||Audio-visual production, distribution, projection
P1103||Radio and television production, distribution, transmission
P1104||Entertainment services
P1105||Museum, library and archival services
P1106||Recreation and sporting activities
P1107||Educational services (e.g. correspondence courses to non-residents)
P1108||Health services by Indian providers, remote or on-site
=Govt not included elsewhere (G..n.i.e)
P1201|Invoice|Maintenance of foreign embassies in India
P1203|Invoice|Maintenance of international institutions in India (IMF, World Bank, UNICEF)
=Secondary Income
P1301|Invoice|Family maintenance and savings from non-residents
P1302|Invoice|Personal gifts and donations
P1303|Invoice|Donations to religious/charitable institutions in India
P1304|Invoice|Grants/donations to governments and their charitable institutions
P1306|Invoice|Receipts or refund of taxes
P1307|Invoice|Migrant transfers incl. personal effects
=Primary Income
P1401|Invoice|Compensation of employees
P1403|Invoice|Interest on loans extended to non-residents
P1405|Invoice|Interest receipts of IBUs on own account
P1408|Invoice|Profit from branches of Indian FDI enterprises abroad
P1409|Invoice|Dividends from Indian FDI enterprises abroad (not branches)
P1410|Invoice|Interest paid by Indian FDI enterprises abroad to Indian parent
P1411|Invoice|Interest income on Indian portfolio investment abroad
P1412|Invoice|Dividends on Indian portfolio investment abroad
P1499|Invoice|Other income receipts
=Others
P1501|Invoice|Refunds/rebates on imports
P1502|Invoice|Reversal of wrong entries, refunds for non-imports
P1503|Invoice|Receipts under international bidding
P1505|Invoice|Deemed exports (SEZ, EPZ, domestic tariff area)
=Maintenance and repair services n.i.e
P1601|Invoice|Maintenance/repair of vessels, ships, boats, warships
P1602|Invoice|Maintenance/repair of aircraft, space shuttles, rockets
=Manufacturing services
P1701|Invoice|Processing of goods
=
S0001|?|
S0002|?|
`;
