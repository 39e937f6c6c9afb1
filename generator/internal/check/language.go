package check

import (
	"strings"

	"golang.org/x/text/language"
)

// A vocabulary is what the rules know of a language. Words are in lower case; a
// word that ends in "*" stands for all that begin so.
type vocabulary struct {
	months    []string // January first, with short forms after a "/"
	numbers   string   // numbers in words
	periods   string   // units of time
	money     string   // currencies in words
	negations string
	modals    string // verbs that make a duty, a right or a choice
	parties   string // those whom a duty binds, or who receive data
	entities  string // what the names of companies end in
	capitals  bool   // a capital letter within a sentence begins a name
	repeated  string // words that may stand twice in a row
	changes   string // a regular expression: what is said of changes to the document
	notifies  string // ... how people are told of them
	checkBack string // ... that readers should look for changes themselves
	we        string // who says so of themselves
	updated   string // ... what stands before the date of the last change
	effective string // ... what stands before the date from which the text applies
	terms     string // what is written with a capital letter where it is a defined term
	section   string // what stands before the number of a section
	kinds     map[string]string
	common    string // words that hardly a sentence does without
}

var vocabularies = map[string]*vocabulary{
	"en": {
		months: []string{"january/jan", "february/feb", "march/mar", "april/apr", "may", "june/jun", "july/jul",
			"august/aug", "september/sep/sept", "october/oct", "november/nov", "december/dec"},
		numbers: "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
			"eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half quarter once twice",
		periods:   "second* minute* hour* day* week* month* year* annual* daily weekly monthly quarterly yearly immediately promptly",
		money:     "dollar* euro* pound* cent cents pence usd eur gbp chf percent",
		negations: "not no never none neither nor without cannot except unless excluding don't doesn't won't can't isn't aren't shouldn't nothing nobody",
		modals:    "may must shall will can should might could would required obliged entitled permitted prohibited",
		parties: "partner* affiliate* advertiser* vendor* supplier* processor* subprocessor* sub-processor* controller* subsidiary subsidiaries " +
			"third-party authorities regulator* employer* child children minor* parent* guardian* customer* user* everyone anyone",
		entities: "inc llc ltd limited plc corp corporation gmbh llp",
		capitals: true,
		repeated: "that had her his you it is do so no very many",
		changes: `\b(chang(e|es|ed|ing)|updat(e|es|ed|ing)|amend(s|ed|ing|ments?)?|revis(e|es|ed|ing|ions?)|modif(y|ies|ied|ications?))\b` +
			`[^.]{0,80}\b(policy|policies|notice|statement|terms|agreement|conditions|document)\b` +
			`|\b(policy|policies|notice|statement|terms|agreement|conditions)\b[^.]{0,60}\b(chang(e|es|ed|ing)|updated?|amend(ed|ment)?|revis(ed|ions?)|modif(y|ied|ications?))\b`,
		notifies: `\b(notif(y|ies|ied|ications?)|notice|inform(s|ed)?|e-?mails?|send|sent|message|tell|let you know|alert(s|ed)?|announc(e|es|ed|ements?)|post(s|ed|ing)?|publish(es|ed)?|draw (your )?attention|communicat(e|ed|ions?)|advis(e|ed))\b`,
		checkBack: `\b(check(ing)? (back|(on |for )?((this|the|our) )?(page|site|website|policy|notice|statement|terms|updates|changes))\b[^.]{0,80}\b(regularly|periodically|frequently|often|occasionally|from time to time|for (any )?(changes|updates))` +
			`|(review|check|visit|consult|revisit|refer to)(ing)? (this|the|our|these)\b[^.]{0,40}\b(page|site|website|policy|notice|statement|terms|agreement|updates|changes)\b[^.]{0,40}\b(regularly|periodically|frequently|often|occasionally|from time to time)` +
			`|(regularly|periodically|frequently|occasionally) (check|review|visit|consult|revisit)(ing)? (back|this|the|our|these)\b` +
			`|check (back )?(regularly|periodically|frequently|often))\b`,
		we:        "we",
		updated:   `\b(last|latest)\s+(updated?|revis(ed|ion)|modified|changed?|amended)(\s+(on|date))?`,
		effective: `\b(effective( date)?|in (force|effect)|applies|takes effect|valid)(\s+(as of|since|from|on|beginning))?`,
		terms: "Service Services Site Website Websites Platform Software App Agreement Content Account Customer Company Client Party Parties Products Product " +
			"Licensee Licensor Affiliate Affiliates Fees Subscription Deliverables",
		section: `\b(?:[Ss]ections?|[Cc]lauses?|[Aa]rticles?|[Pp]aragraphs?)`,
		kinds: map[string]string{"privacy-policy": "privacy-policy", "privacy-notice": "privacy-policy", "privacy-statement": "privacy-policy",
			"terms-of": "terms", "terms-and-conditions": "terms", "user-agreement": "terms"},
		common: "the of and to in or you your we our this that is are by for with",
	},
	"de": {
		months: []string{"januar/jan/jänner", "februar/feb", "märz/mär", "april/apr", "mai", "juni/jun", "juli/jul",
			"august/aug", "september/sep/sept", "oktober/okt", "november/nov", "dezember/dez"},
		numbers:   "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf fünfzehn zwanzig dreißig vierzig fünfzig sechzig neunzig hundert tausend million* halb* einmal zweimal doppelt*",
		periods:   "sekunde* minute* stunde* tag tage tagen tages woche* monat* jahr jahre jahren jahres werktag* quartal* jährlich täglich wöchentlich unverzüglich sofort",
		money:     "euro cent franken dollar prozent",
		negations: "nicht kein* nie niemals ohne außer weder ausgenommen ausgeschlossen nichts niemand",
		modals: "darf dürfen durfte* muss müssen musste* soll sollen sollte* kann können konnte* könnte* wird werden würde* will wollen verpflichtet berechtigt " +
			"erforderlich verboten untersagt zulässig unzulässig",
		parties:  "dritte dritten dritter partner* anbieter* auftragsverarbeiter* verantwortliche* dienstleister* behörde* kunde* nutzer* verbraucher* kind kinder kindern eltern minderjährige* arbeitgeber*",
		entities: "gmbh ag kg ohg ug se mbh inc ltd",
		repeated: "die der das sie sich dass den dem ihr wir es ist so sehr",
		changes: `(änder(n|t|ung|ungen)|geändert|anpass(en|ung|ungen)|angepasst|aktualisier(en|t|ung|ungen))\b[^.]{0,80}(erklärung|bedingungen|hinweise|richtlinie|agb|vertrag)` +
			`|(erklärung|bedingungen|hinweise|richtlinie|agb|vertrags?)\b[^.]{0,80}(ändern|geändert|änderung(en)?|anpass(en|ung|ungen)|angepasst|aktualisier(en|t|ung))\b`,
		notifies: `(informier|benachrichtig|mitteil|mitgeteilt|e-?mail|hinweis|bekannt|veröffentlich|unterricht|ankündig|angekündigt)`,
		checkBack: `\b(regelmäßig|gelegentlich|von zeit zu zeit|ab und zu)\b[^.]{0,80}\b(prüfen|überprüfen|lesen|besuchen|informieren|einsehen|nachlesen|durchlesen|aufrufen)\b` +
			`|\b(besuchen|prüfen|überprüfen|lesen|informieren) sie\b[^.]{0,80}\b(regelmäßig|gelegentlich|von zeit zu zeit)\b`,
		we:        "wir",
		updated:   `\b(stand|zuletzt (aktualisiert|geändert)( am)?|letzte (aktualisierung|änderung))`,
		effective: `\b(gültig (ab|seit)|in kraft (ab|seit|getreten am)|gilt (ab|seit)|wirksam (ab|seit|zum))`,
		section:   `(?:§§?|\b(?:Abschnitt|Ziffer|Artikel|Nummer))`,
		common:    "der die das und den dem des von zu mit sie wir ist nicht oder für auf ein eine einer",
		kinds:     map[string]string{"datenschutz": "privacy-policy", "agb": "terms", "geschaeftsbedingungen": "terms", "geschaftsbedingungen": "terms", "nutzungsbedingungen": "terms"},
	},
	"fr": {
		months: []string{"janvier/janv", "février/févr", "mars", "avril/avr", "mai", "juin", "juillet/juil",
			"août", "septembre/sept", "octobre/oct", "novembre/nov", "décembre/déc"},
		numbers:   "deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante soixante cent mille million* moitié demi* double",
		periods:   "seconde* minute* heure* jour jours journée* semaine* mois an ans année* annuel* mensuel* trimestriel* ouvrable* immédiatement",
		money:     "euro euros centime* dollar* franc francs",
		negations: "ne n' pas aucun* jamais ni sans sauf hormis rien personne excepté* exclu* non",
		modals:    "peut peuvent pouvez pouvons pourra pourront pourrait doit doivent devez devons devra devront devrait faut interdit* obligé* obligatoire* autorisé* tenu tenus tenue",
		parties: "tiers partenaire* prestataire* fournisseur* sous-traitant* responsable* filiale* autorité* client* utilisateur* utilisatrice* consommateur* " +
			"enfant* mineur* parent* employeur*",
		entities: "sa sas sarl sasu scop inc ltd gmbh",
		capitals: true,
		repeated: "nous vous se en y oui non très si",
		changes: `(modifi(er|é|ée|és|ées|cations?)|mettre à jour|mis(e|es)? à jour|chang(er|é|ements?)|évol(uer|utions?)|révis(er|é|ée|ions?))[^.]{0,80}\b(politique|conditions|avis|déclaration|contrat|document)` +
			`|\b(politique|conditions|avis|déclaration|contrat)\b[^.]{0,80}(modifi(er|é|ée|és|ées|cations?)|mettre à jour|mis(e|es)? à jour|chang(er|é|ements?)|évol(uer|utions?)|révis(er|é|ée|ions?))`,
		notifies: `(inform(er|é|és|erons|ons)|notifi(er|é|erons|cations?)|avis(er|é)|avert(ir|i)|courriel|e-?mail|prévenir|prévenu|publi(er|é|ons|cation|erons)|affich)`,
		checkBack: `(consult|vérifi|relire|visiter)[^.]{0,80}\b(régulièrement|périodiquement|fréquemment|de temps en temps|de temps à autre)` +
			`|\b(régulièrement|périodiquement|fréquemment|de temps en temps)\b[^.]{0,40}(consult|vérifi|relire|visiter)`,
		we:        "nous",
		updated:   `\b(derni[èe]re (mise à jour|modification|révision)( le)?|mis(e|es)? à jour( le)?|modifiée? le)`,
		effective: `(en vigueur|applicables?|prend effet|prennent effet|valable)( (depuis|à compter du|à partir du|le|depuis le))?`,
		terms:     "Service Services Site Plateforme Contrat Compte Contenu Client Société Parties Utilisateur Logiciel",
		section:   `\b(?:[Ss]ections?|[Aa]rticles?|[Cc]lauses?|[Pp]aragraphes?)`,
		kinds:     map[string]string{"confidentialite": "privacy-policy", "vie-privee": "privacy-policy", "donnees-personnelles": "privacy-policy", "conditions-": "terms"},
	},
}

// vocabularyOf returns what is known of a language, or nil.
func vocabularyOf(tag string) *vocabulary {
	t, err := language.Parse(tag)
	if err != nil {
		return nil
	}
	base, _ := t.Base()
	return vocabularies[base.String()]
}

// tag returns the language of r's text.
func (r *Review) tag() string {
	if r.Original != nil {
		return r.Language
	}
	return r.Library.Site.Language
}

// vocabulary returns what is known of the language of the working text: its own,
// where the text does not read like one of another that is known. It is nil for texts in
// languages that are not known.
func (r *Review) vocabulary() *vocabulary {
	if r.language != nil {
		return *r.language
	}
	best := vocabularyOf(r.tag())
	count, all := map[*vocabulary]int{}, 0
	for _, p := range r.passages() {
		for _, t := range lexemes(p.prose[:min(len(p.prose), 10*enoughWords)]) {
			word := normal(t.text)
			all++
			for _, v := range vocabularies {
				if has(v.common, word) {
					count[v]++
				}
			}
		}
		if all > enoughWords {
			break
		}
	}
	const tooFew = 60 // tell nothing
	if all > tooFew {
		if best != nil && count[best] < all/12 {
			best = nil
		}
		for _, tag := range []string{"en", "de", "fr"} {
			if v := vocabularies[tag]; count[v] > all/6 && (best == nil || count[v] > 2*count[best]) {
				best = v
			}
		}
	}
	r.language = &best
	return best
}

// enoughWords tell of what language a text is.
const enoughWords = 2000

// has reports whether list holds word, which is in lower case.
func has(list, word string) bool {
	for entry := range strings.FieldsSeq(list) {
		if stem, open := strings.CutSuffix(entry, "*"); entry == word || open && strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}
