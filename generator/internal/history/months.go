package history

// months are the names of the months, January first, as dates are written in
// legal texts of the web's larger languages: forms and abbreviations apart by
// bars. They are compared without case and accents. Croatian is left out: its
// listopad is October, that of Polish and Czech November.
var months = map[string]string{
	"ar": "يناير|كانون الثاني فبراير|شباط مارس|آذار أبريل|ابريل|نيسان مايو|أيار يونيو|حزيران يوليو|تموز أغسطس|آب سبتمبر|أيلول أكتوبر|تشرين الأول نوفمبر|تشرين الثاني ديسمبر|كانون الأول",
	"bg": "януари февруари март април май юни юли август септември октомври ноември декември",
	"bn": "জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
	"ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
	"cs": "ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec srpna|srpen září října|říjen listopadu|listopad prosince|prosinec",
	"da": "januar februar marts april maj juni juli august september oktober november december",
	"de": "januar|jänner|jan februar|feber|feb märz|maerz|mär april|apr mai juni|jun juli|jul august|aug september|sept|sep oktober|okt november|nov dezember|dez",
	"el": "ιανουαρίου|ιανουάριος φεβρουαρίου|φεβρουάριος μαρτίου|μάρτιος απριλίου|απρίλιος μαΐου|μάιος ιουνίου|ιούνιος ιουλίου|ιούλιος αυγούστου|αύγουστος σεπτεμβρίου|σεπτέμβριος οκτωβρίου|οκτώβριος νοεμβρίου|νοέμβριος δεκεμβρίου|δεκέμβριος",
	"en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec",
	"es": "enero|ene febrero|feb marzo|mar abril|abr mayo junio|jun julio|jul agosto|ago septiembre|setiembre|sept octubre|oct noviembre|nov diciembre|dic",
	"fa": "ژانویه|ژانویهٔ فوریه مارس آوریل مه|می ژوئن|جون ژوئیه|ژوییه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
	"fi": "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu toukokuuta|toukokuu kesäkuuta|kesäkuu heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu lokakuuta|lokakuu marraskuuta|marraskuu joulukuuta|joulukuu",
	"fr": "janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct novembre|nov décembre|déc",
	"he": "ינואר פברואר מרץ|מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
	"hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
	"hu": "január február március április május június július augusztus szeptember október november december",
	"id": "januari februari maret|mac april mei juni juli agustus|ogos september oktober november desember|disember",
	"it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"nl": "januari februari maart april mei juni juli augustus september oktober november december",
	"no": "januar februar mars april mai juni juli august september oktober november desember",
	"pl": "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja|maj czerwca|czerwiec lipca|lipiec sierpnia|sierpień września|wrzesień października|październik listopada|listopad grudnia|grudzień",
	"pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	"ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
	"ru": "января|январь февраля|февраль марта|март апреля|апрель мая|май июня|июнь июля|июль августа|август сентября|сентябрь октября|октябрь ноября|ноябрь декабря|декабрь",
	"sk": "januára február|februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
	"sv": "januari februari mars april maj juni juli augusti september oktober november december",
	"th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
	"tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	"uk": "січня|січень лютого|лютий березня|березень квітня|квітень травня|травень червня|червень липня|липень серпня|серпень вересня|вересень жовтня|жовтень листопада|листопад грудня|грудень",
}

// effectiveWords say that a date near them is the one from which a text
// applies, updatedWords that it is the one on which it was last changed. One
// that begins with ~ is an everyday word as well, and counts where hardly more
// than it and the date stand together.
var effectiveWords = []string{
	"effective date", "effective as of", "effective from", "effective on", "~effective", "~in effect", "takes effect", "take effect",
	"~in force", "comes into force", "enters into force", "entry into force", "~applies from", "~valid from", "date effective",
	"gültig ab", "gültig seit", "gültig vom", "wirksam ab", "wirksam zum", "~in kraft", "inkrafttreten", "~gilt ab", "~gilt seit",
	"entrée en vigueur", "date d'effet", "date d’effet", "prend effet", "~en vigueur", "~applicable", "~valable",
	"entrada en vigor", "fecha efectiva", "fecha de vigencia", "~en vigor", "~vigente", "~vigencia", "~efectivo", "~efectiva",
	"entrada em vigor", "data efetiva", "data de vigência", "~em vigor", "~vigência",
	"entrata in vigore", "data di efficacia", "~in vigore", "valida dal", "valido dal",
	"ingangsdatum", "van kracht", "geldig vanaf", "~geldt vanaf", "gäller från", "träder i kraft", "ikraftträdande",
	"gælder fra", "træder i kraft", "ikrafttrædelse", "gjelder fra", "trer i kraft", "voimaantulo", "~voimassa",
	"obowiązuje od", "wchodzi w życie", "wejścia w życie", "~obowiązuje", "účinnost od", "účinné od", "platné od", "~účinnost", "nabývá účinnosti",
	"hatályos", "hatályba", "intră în vigoare", "~în vigoare", "~valabil", "yürürlük tarihi", "yürürlüğe", "~yürürlük", "~geçerlilik",
	"вступления в силу", "вступает в силу", "~действует с", "~действительно с", "набирає чинності", "набрання чинності", "~чинний", "~в сила", "влиза в сила",
	"έναρξη ισχύος", "~ισχύει", "تاريخ السريان", "تاريخ النفاذ", "~يسري", "~ساري", "~سارية", "~نافذ", "~اعتبارا من", "~בתוקף", "תאריך תחילה", "~כניסה לתוקף",
	"تاریخ اجرا", "لازم الاجرا", "~قابل اجرا", "~लागू", "प्रभावी तिथि", "~प्रभावी", "~কার্যকর", "มีผลบังคับใช้", "มีผลตั้งแต่", "~มีผล", "~บังคับใช้",
	"có hiệu lực", "ngày hiệu lực", "~hiệu lực", "tanggal berlaku", "~berlaku", "~efektif",
	"発効日", "施行日", "適用開始日", "~発効", "~施行", "~適用", "生效日期", "~生效", "시행일", "발효일", "~시행", "~발효",
}

var updatedWords = []string{
	"last updated", "last modified", "last revised", "last changed", "last amended", "last update", "last revision", "date of last revision",
	"revision date", "most recently updated", "version date", "~updated", "~revised", "~dated", "~date", "~amended", "~version",
	"zuletzt aktualisiert", "letzte aktualisierung", "letzte änderung", "zuletzt geändert am", "aktualisiert am", "fassung vom", "~stand", "~aktualisiert",
	"dernière mise à jour", "mise à jour le", "mis à jour le", "dernière modification", "~mise à jour", "~mis à jour", "~version du", "~modifiée le",
	"última actualización", "última modificación", "última revisión", "~actualizado", "~actualizada", "fecha de actualización",
	"última atualização", "última modificação", "última revisão", "~atualizado", "~atualizada",
	"ultimo aggiornamento", "ultima modifica", "ultima revisione", "~aggiornato", "~aggiornata",
	"laatst bijgewerkt", "laatst gewijzigd", "laatste wijziging", "laatste update", "~bijgewerkt", "senast uppdaterad", "senast ändrad", "~uppdaterad",
	"sidst opdateret", "sist oppdatert", "viimeksi päivitetty", "~päivitetty", "ostatnia aktualizacja", "~zaktualizowano", "~aktualizacja",
	"poslední aktualizace", "~aktualizováno", "utolsó frissítés", "utoljára frissítve", "~frissítve", "~módosítva", "ultima actualizare", "~actualizat",
	"son güncelleme", "son güncellenme", "~güncellendi", "последнее обновление", "дата обновления", "последние изменения", "~обновлено", "~редакция от", "останнє оновлення", "~оновлено",
	"آخر تحديث", "تاريخ التحديث", "~تم التحديث", "עדכון אחרון", "עודכן לאחרונה", "~עודכן", "آخرین بهروزرسانی", "آخرین بروزرسانی", "अंतिम अपडेट", "अंतिम बार अपडेट", "~अपडेट", "~अद्यतन",
	"ปรับปรุงล่าสุด", "อัปเดตล่าสุด", "แก้ไขล่าสุด", "cập nhật lần cuối", "~cập nhật", "terakhir diperbarui", "~diperbarui",
	"最終更新日", "最終更新", "更新日", "改定日", "改訂日", "最終改定", "~改定", "~改訂", "~更新", "最后更新", "最近更新", "更新日期", "更新于", "~修订", "最後更新", "최종 수정", "최종 업데이트", "~개정", "~업데이트",
}

// The keys of other systems' front matter that hold a date, by what it is, as
// plainKey writes them. One named date alone is as often that of the page.
var (
	effectiveKeys = []string{"effective", "effectivedate", "dateeffective", "effectivefrom", "effectiveon", "effectiveasof", "validfrom", "inforce", "inforcefrom", "inforcesince", "enforcedat", "enforcementdate", "entryintoforce", "gueltigab"}
	updatedKeys   = []string{"lastupdated", "updated", "updatedat", "updatedon", "dateupdated", "lastupdate", "lastmodified", "lastmod", "modified", "lastrevised", "revised", "lastamended"}
	dateKeys      = []string{"date", "publishdate", "pubdate"}
)
