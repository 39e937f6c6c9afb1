package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The vocabulary of clauses. A sentence puts parts of each list together, so
// that no two are likely to be the same, and common words stay common.
var (
	subjects = split(`You|We|Either party|The Customer|The Provider|Each user|An administrator|Our affiliates|The recipient|
Any visitor|A parent or guardian|The account holder|Our subprocessors|A court of competent jurisdiction|The arbitrator|
The data controller|An authorised reseller|Every employee|A successor in title|The Licensee|The Licensor|Your organisation|
A third party|The supervisory authority|The escrow agent|An independent auditor|The guarantor|Our support staff|A trustee`)
	modals = split(`may|must|shall|will|may not|shall not|must not|agrees to|undertakes to|is entitled to|is required to|
reserves the right to|has no obligation to|can|should|is permitted to|will not|warrants that it will`)
	verbs = split(`disclose|retain|terminate|suspend|transfer|assign|indemnify|notify us of|process|erase|restrict|publish|
license|reproduce|amend|waive|enforce|audit|encrypt|share|withhold|refund|invoice|renew|cancel|withdraw|contest|remedy|
review|archive|inspect|rectify|export|aggregate|anonymise|sublicense|remit|deliver|accept|reject|acknowledge|certify|
monitor|configure|store|collect|combine|sell|disable|investigate|escalate|record|translate|negotiate|verify|return|destroy|
reimburse|insure|register|report|mediate|arbitrate|discharge|perform|delegate|redact|supplement|supersede|surrender`)
	adjectives = split(`reasonable|personal|confidential|applicable|prior|written|outstanding|material|aggregate|sensitive|
statutory|commercial|exclusive|perpetual|revocable|technical|organisational|financial|consequential|incidental|disputed|
unpaid|overdue|electronic|public|automated|anonymous|contractual|regulatory|proprietary|ancillary|final|interim|joint|
several|mutual|implied|express|cumulative|excess|provisional|recurring|optional|mandatory|undisclosed|derivative`)
	nouns = split(`information|data|fees|account|content|service|agreement|licence|notice|consent|claim|liability|warranty|
device|credential|payment|invoice|subscription|record|request|complaint|breach|remedy|damages|costs|tax|refund|deadline|
term|clause|schedule|annex|order|purchase|feature|software|document|copy|backup|log|identifier|cookie|preference|report|
processor|contractor|supplier|partner|authority|regulator|jurisdiction|obligation|right|interest|title|trademark|patent|
copyright|domain|address|location|language|currency|balance|credit|deposit|guarantee|insurance|policy|procedure|standard|
measure|safeguard|assessment|audit|incident|vulnerability|outage|maintenance|upgrade|migration|retention|deletion`)
	conditions = split(`If you are a consumer|Unless the law requires otherwise|Where a fee is due|To the extent permitted by law|
Before the term ends|On receipt of a valid request|In the event of a merger|Subject to the preceding paragraph|
Without prejudice to other remedies|For as long as your account is open|Where we rely on consent|After a breach is confirmed|
At the end of each billing period|If a provision is found to be unenforceable|During an investigation|Except as set out below|
Where two clauses conflict|If you use the service on behalf of an organisation|When an order is accepted|
In an emergency|Upon termination|For the purposes of this section|Save where expressly stated|Within the free trial`)
	qualifiers = split(`without undue delay|in good faith|at its own expense|in writing|for a legitimate purpose|by registered post|
with the prior approval of the other party|in a commonly used format|by electronic means|at any time|from time to time|
in accordance with industry standards|to the fullest extent|for the duration of the term|in the country where it is stored|
on a pro rata basis|in its sole discretion|as described in this document|through the settings of the account|free of charge|
under a duty of confidence|with at least equivalent protection|for statistical purposes|before a competent court`)
	exceptions = split(`unless both parties agree otherwise|except where disclosure is compelled by law|provided that notice is given|
even if advised of the possibility|whichever is the later|and nothing in this clause limits that right|
as amended from time to time|which survives the end of the agreement|including any successor legislation|
but only to the extent necessary|together with interest at the statutory rate|and any attempt to do so is void|
regardless of the form of action|in each case as the context requires|to which you hereby consent`)
	topics = split(`Fees and Payment|Privacy|Cookies|Retention|Security|Your Rights|Our Liability|Termination|Suspension|Disputes|
Governing Law|Notices|Definitions|Scope|Acceptable Use|Intellectual Property|Warranties|Indemnity|Confidentiality|
Third Parties|International Transfers|Children|Changes|Contact|Assignment|Force Majeure|Support|Service Levels|Audit|
Subprocessors|Refunds|Taxes|Accounts|Content|Moderation|Appeals|Licence|Trademarks|Feedback|Beta Features|Marketing|
Analytics|Automated Decisions|Complaints|Records|Insurance|Export Control|Waiver|Severability|Entire Agreement`)
	places        = split(`London|Vienna|Toronto|Dublin|Lisbon|Oslo|Nairobi|Lima|Kyoto|Geneva|Tallinn|Auckland|Chicago|Warsaw|Athens`)
	documentKinds = split(`Terms of Service|Privacy Policy|Cookie Policy|Acceptable Use Policy|Data Processing Agreement|
Service Level Agreement|Developer Terms|Refund Policy|Code of Conduct|Licence Agreement|Security Policy|Community Rules`)
)

func split(list string) []string {
	return strings.Split(strings.ReplaceAll(list, "\n", ""), "|")
}

// prose writes legal text.
type prose struct{ *rand.Rand }

func (p prose) one(list []string) string { return list[p.IntN(len(list))] }

func (p prose) happens(part float64) bool { return p.Float64() < part }

// sentence returns a sentence; one in twelve holds a link.
func (p prose) sentence() string {
	var w strings.Builder
	subject := p.one(subjects)
	if p.happens(0.4) {
		w.WriteString(p.one(conditions) + ", ")
		if subject != "You" && subject != "We" && strings.Contains("AEOT", subject[:1]) {
			subject = strings.ToLower(subject[:1]) + subject[1:]
		}
	}
	w.WriteString(subject + " " + p.one(modals) + " " + p.one(verbs) + " " + p.object())
	for p.happens(0.3) {
		w.WriteString(", " + p.object())
	}
	if p.happens(0.5) {
		w.WriteString(" " + p.one(qualifiers))
	}
	if p.happens(0.25) {
		w.WriteString(" " + p.term())
	}
	if p.happens(0.3) {
		w.WriteString(", " + p.one(exceptions))
	}
	return w.String() + "."
}

// object returns what a clause is about.
func (p prose) object() string {
	object := p.one(nouns)
	if p.happens(0.6) {
		object = p.one(adjectives) + " " + object
	}
	if p.happens(0.3) {
		object += " of the " + p.one(nouns)
	}
	switch {
	case p.happens(0.06):
		return "the [" + object + "](" + p.target() + ")"
	case p.happens(0.04):
		return "the **" + object + "**"
	}
	return p.one([]string{"the", "any", "such", "all"}) + " " + object
}

// target returns where a link leads.
func (p prose) target() string {
	return fmt.Sprintf("https://law.example/act/%d/section/%d", p.IntN(400)+1, p.IntN(90)+1)
}

// term returns a time, a sum or a place.
func (p prose) term() string {
	switch p.IntN(4) {
	case 0:
		return fmt.Sprintf("within %d days of the %s", p.IntN(90)+2, p.one(nouns))
	case 1:
		return fmt.Sprintf("up to EUR %d for each %s", (p.IntN(200)+1)*50, p.one(nouns))
	case 2:
		return fmt.Sprintf("under section %d of the %s Act", p.IntN(120)+1, p.one(places))
	}
	return "in the courts of " + p.one(places)
}

// item returns a point of a list.
func (p prose) item() string {
	item := p.object() + " " + p.one(qualifiers)
	if p.happens(0.4) {
		item += ", " + p.one(exceptions)
	}
	return item + ";"
}

// row returns a row of a table.
func (p prose) row() string {
	return fmt.Sprintf("%s %s | %s %s | %d days", p.one(adjectives), p.one(nouns), p.one(verbs), p.object(), p.IntN(365)+1)
}

// title returns a heading.
func (p prose) title() string {
	title := p.one(topics)
	if p.happens(0.5) {
		noun := p.one(nouns)
		title += " of " + strings.ToUpper(noun[:1]) + noun[1:]
	}
	return title
}
