import type { Locale } from "../../shared/protocol";

/** The words for files, apart from the rest because few conversations need them. */
export interface FileStrings {
	attach: string;
	uploading: (name: string) => string;
	show: string;
	download: string;
	failed: string;
	problems: Record<
		"file_too_large" | "file_too_many" | "file_type" | "file_dimensions" | "rate_limited" | "other",
		string
	>;
	size: (bytes: number) => string;
}

const size = (kilo: string, mega: string, comma: string) => (bytes: number) =>
	bytes < 100_000 ? `${Math.ceil(bytes / 1_000)} ${kilo}` : `${(bytes / 1e6).toFixed(1).replace(".", comma)} ${mega}`;

export const files: Record<Locale, FileStrings> = {
	fi: {
		attach: "Lähetä kuva tai PDF",
		uploading: (name) => `Lähetetään tiedostoa ${name}…`,
		show: "Näytä kuva",
		download: "Lataa",
		failed: "Tiedostoa ei saatu avattua. Yritä hetken päästä uudelleen.",
		problems: {
			file_too_large: "Tiedosto on liian suuri. Pienempi kuva riittää hyvin.",
			file_too_many: "Tähän keskusteluun ei mahdu enempää tiedostoja. Voit kertoa loput sanoin.",
			file_type: "Voit lähettää kuvan (JPEG, PNG, GIF, WebP) tai PDF-tiedoston.",
			file_dimensions: "Kuva on liian suuri. Pienempi kuva riittää hyvin.",
			rate_limited: "Tiedostoja tuli monta peräkkäin. Lähetä tämä hetken päästä uudelleen.",
			other: "Tiedosto ei mennyt perille. Lähetä se uudelleen.",
		},
		size: size("kt", "Mt", ","),
	},
	et: {
		attach: "Saada pilt või PDF",
		uploading: (name) => `Saadan faili ${name}…`,
		show: "Näita pilti",
		download: "Laadi alla",
		failed: "Faili ei õnnestunud avada. Palun proovige hetke pärast uuesti.",
		problems: {
			file_too_large: "Fail on liiga suur. Väiksemast pildist piisab täiesti.",
			file_too_many: "Sellesse vestlusse rohkem faile ei mahu. Ülejäänu võite kirjutada sõnadega.",
			file_type: "Saata saate pildi (JPEG, PNG, GIF, WebP) või PDF-faili.",
			file_dimensions: "Pilt on liiga suur. Väiksemast pildist piisab täiesti.",
			rate_limited: "Faile tuli mitu järjest. Palun saatke see hetke pärast uuesti.",
			other: "Fail ei jõudnud kohale. Palun saatke see uuesti.",
		},
		size: size("kB", "MB", ","),
	},
	en: {
		attach: "Send a picture or a PDF",
		uploading: (name) => `Sending ${name}…`,
		show: "Show the picture",
		download: "Download",
		failed: "The file did not open. Please try again in a moment.",
		problems: {
			file_too_large: "The file is too large. A smaller picture will do very well.",
			file_too_many: "This conversation holds no more files. Please tell us the rest in words.",
			file_type: "You can send a picture (JPEG, PNG, GIF, WebP) or a PDF file.",
			file_dimensions: "The picture is too large. A smaller one will do very well.",
			rate_limited: "Several files came in a row. Please send this one again in a moment.",
			other: "The file did not get through. Please send it again.",
		},
		size: size("kB", "MB", "."),
	},
};
