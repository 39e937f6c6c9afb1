package history

import (
	"testing"

	"github.com/nanoprompt/codicil/generator/internal/legal"
)

// What texts say of their dates, in the forms that are met.
func TestStatedIn(t *testing.T) {
	for _, c := range []struct {
		text, want string
		kind       StatedKind
	}{
		{"Last updated: July 14, 2025", "2025-07-14", Updated},
		{"*Last updated: April 20, 2023*", "2023-04-20", Updated},
		{"Effective date: **April 2, 2021**", "2021-04-02", Effective},
		{"Effective May 4, 2026", "2026-05-04", Effective},
		{"Effective as of 1st of January 2024.", "2024-01-01", Effective},
		{"This policy was last updated on 25 May 2018 and replaces the one before, which was hard to read.", "2018-05-25", Updated},
		{"Last revised: Sept. 3rd, 2019", "2019-09-03", Updated},
		{"Version dated 2024-02-29", "2024-02-29", Updated},
		{"Last updated: July 2025", "2025-07", Updated},
		{"Last updated 2025-07", "2025-07", Updated},
		{"Effective: 31/12/2024", "2024-12-31", Effective},
		{"Effective: 12/31/2024", "2024-12-31", Effective},
		{"# Privacy\n\n28 February 2022", "2022-02-28", Dated},
		{"Gültig ab Montag, 4.\u00a0Mai 2026", "2026-05-04", Effective},
		{"Stand: 14.07.2025", "2025-07-14", Updated},
		{"Stand: Juli 2025", "2025-07", Updated},
		{"Zuletzt aktualisiert am 1. März 2020", "2020-03-01", Updated},
		{"Dernière mise à jour : 1er août 2021", "2021-08-01", Updated},
		{"Date d’entrée en vigueur : 5 novembre 2025", "2025-11-05", Effective},
		{"Última actualización: 14 de julio de 2025", "2025-07-14", Updated},
		{"Vigente desde el 1 de enero del 2020", "2020-01-01", Effective},
		{"Última atualização: 3 de março de 2022", "2022-03-03", Updated},
		{"Ultimo aggiornamento: 9 settembre 2019", "2019-09-09", Updated},
		{"Laatst bijgewerkt: 7 mei 2021", "2021-05-07", Updated},
		{"Senast uppdaterad: den 2 augusti 2020", "2020-08-02", Updated},
		{"Obowiązuje od 1 października 2022 r.", "2022-10-01", Effective},
		{"Účinnost od 1. září 2021", "2021-09-01", Effective},
		{"Hatályos: 2023. július 14.", "2023-07-14", Effective},
		{"Son güncelleme: 5 Ağustos 2022", "2022-08-05", Updated},
		{"Дата вступления в силу: 4 мая 2026 г.", "2026-05-04", Effective},
		{"Останнє оновлення: 12 травня 2021 року", "2021-05-12", Updated},
		{"Τελευταία ενημέρωση. Ισχύει από 3 Ιουλίου 2020", "2020-07-03", Effective},
		{"يسري اعتبارًا من 10 مارس 2022", "2022-03-10", Effective},
		{"6 سبتمبر، 2017", "2017-09-06", Dated},
		{"آخر تحديث: ١٤ يوليو ٢٠٢٥", "2025-07-14", Updated},
		{"בתוקף מתאריך 1 במאי 2018", "2018-05-01", Effective},
		{"تاریخ اجرا: ۱۵ اوت ۲۰۱۸", "2018-08-15", Effective},
		{"10 मार्च 2022 से लागू", "2022-03-10", Effective},
		{"มีผลบังคับใช้ 1 มกราคม 2562", "2019-01-01", Effective},
		{"ปรับปรุงล่าสุด ๑ ธันวาคม ๒๕๖๓", "2020-12-01", Updated},
		{"Có hiệu lực từ ngày 14 tháng 7 năm 2025", "2025-07-14", Effective},
		{"Terakhir diperbarui: 3 Agustus 2023", "2023-08-03", Updated},
		{"発効日 2026 年 5 月 4 日", "2026-05-04", Effective},
		{"最終更新日：令和７年７月１４日", "2025-07-14", Updated},
		{"施行日：平成元年1月8日", "1989-01-08", Effective},
		{"2026 年 5 月 4 日生效", "2026-05-04", Effective},
		{"시행일: 2025년 7월 14일", "2025-07-14", Effective},

		// Dates that are not the text's own, and none at all.
		{"Accounts that were opened before May 25, 2018 keep their terms.", "", 0},
		{"Effective January 1, 2020 the California Consumer Privacy Act gives residents of California the right to know what is kept of them.", "", 0},
		{"Zuletzt geändert durch Art. 1 u. 2 Satz 2 G v. 29.9.2020 I 2048", "", 0},
		{"You may cancel within 14 days of July 2025.", "", 0},
		{"Last updated: 07/08/2025", "", 0},
		{"Last updated: February 30, 2025", "", 0},
		{"Last updated: soon", "", 0},
		{"```\nLast updated: July 14, 2025\n```", "", 0},
		{"Enacted\n:   1949-05-23", "", 0},
		{"February 18, 2015: Updated Creative Commons license from 2.5 to 4.0", "", 0},
	} {
		text, _ := legal.Parse([]byte(c.text), "x.md", 1)
		got := statedIn(text)
		if got.Date.String() != c.want || got.Kind != c.kind {
			t.Errorf("statedIn(%q) = %s (%d), want %s (%d)", c.text, got.Date, got.Kind, c.want, c.kind)
		}
	}
}

func TestTwoReadings(t *testing.T) {
	text, _ := legal.Parse([]byte("Last updated: 07/08/2025"), "x.md", 1)
	if got, want := statedIn(text).Note, "the date in “Last updated: 07/08/2025” can be read in two ways"; got != want {
		t.Errorf("the note is %q, want %q", got, want)
	}
}
