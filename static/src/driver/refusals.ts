// What the server says when it refuses an act or a picture, or keeps it for the office, and of a link
// to pay by card that nobody got: its own sentences, with {names} where it puts values in.
// drivers/tests/test_spanish.py finds one that is missing here.

const SPANISH: Record<string, string> = {
  "This was sent before, for something else. Do it once more.":
    "Esto ya se envió, para otra cosa. Hágalo una vez más.",
  "This stop is not on your run. Look at your run again, or call the office.":
    "Esta parada no está en su ruta. Mire su ruta otra vez o llame a la oficina.",
  "This run is not yours any more. Look at your day, or call the office.":
    "Esta ruta ya no es suya. Mire su día o llame a la oficina.",
  "The office has taken this stop off your run. It decides what counts.":
    "La oficina quitó esta parada de su ruta. Ella decide qué cuenta.",
  "The office has taken this stop off its run. Look at your run again.":
    "La oficina quitó esta parada de la ruta. Mire su ruta otra vez.",
  "Somebody has removed this trip just now. Choose another one.":
    "Alguien acaba de quitar este viaje. Elija otro.",
  "{job} is {state} already. Call the office if that is wrong.":
    "{job} ya está: {state}. Llame a la oficina si no es así.",
  "{job} is not wanted in Odoo any more: it ends in a moment.":
    "{job} ya no se quiere en Odoo: termina en un momento.",
  "done": "hecho",
  "cancelled": "cancelado",
  "to schedule": "por planear",
  "The load of {job} was changed meanwhile. The office decides.":
    "La carga de {job} cambió entretanto. La oficina decide.",
  "{job} does not bring all of this any more. The office decides.":
    "{job} ya no lleva todo esto. La oficina decide.",
  "Odoo has not split {job} yet. The office decides what counts.":
    "Odoo aún no dividió {job}. La oficina decide qué cuenta.",
  "Some of these goods are on none of your stops. Look at your run, and check it again.":
    "Algo de esta carga no es de ninguna de sus paradas. Mire su ruta y revísela otra vez.",
  "Some of this is not on your run any more. The office decides.":
    "Algo de esto ya no está en su ruta. La oficina decide.",
  "Nothing was handed over. Say that it was not taken, and why.":
    "No se entregó nada. Diga que no se aceptó, y por qué.",
  "{product}: {quantity} are more than the {most} of this stop.":
    "{product}: {quantity} son más que los {most} de esta parada.",
  "{product}: say why it was less than {most}.": "{product}: diga por qué fue menos de {most}.",
  "{due} is due here. Type what you were given, {most} at most.":
    "Aquí se deben {due}. Escriba lo que recibió, {most} como máximo.",
  "{due} is due here. Say why it is less.": "Aquí se deben {due}. Diga por qué es menos.",
  "{due} is due here now, and {amount} was taken. The office decides.":
    "Ahora aquí se deben {due}, y se cobraron {amount}. La oficina decide.",
  "{job} is fetched: nobody pays for that.": "{job} es una recogida: nadie paga por eso.",
  "Mark the delivery first, then record the money.":
    "Primero marque la entrega y después anote el dinero.",
  "The delivery is kept for the office, and so is this. It decides.":
    "La entrega queda para la oficina, y esto también. Ella decide.",
  "Odoo has not told yet who pays {order}. Call the office before you take money.":
    "Odoo aún no dijo quién paga {order}. Llame a la oficina antes de cobrar.",
  "The link for this amount was asked for already. Call the office.":
    "El enlace por esta cantidad ya se pidió. Llame a la oficina.",
  "There is no number here that can get texts. Take cash or a check.":
    "Aquí no hay número que reciba mensajes. Cobre en efectivo o con cheque.",
  "There is no number here that can get texts. Call the office.":
    "Aquí no hay número que reciba mensajes. Llame a la oficina.",
  "This is no telephone number. Write it with its area code.":
    "Este no es un número de teléfono. Escríbalo con su código de área.",
  "The text was not sent. It reached the office too late. Call instead.":
    "El mensaje no se envió. Llegó demasiado tarde a la oficina. Mejor llame.",
  "The text was not sent. {why} Call instead.": "El mensaje no se envió. {why} Mejor llame.",
  "The person has asked to get no more texts.": "La persona pidió no recibir más mensajes.",
  "The provider lets nothing through to this number.": "El proveedor no deja pasar nada a este número.",
  "Advertising needs consent in writing, and there is none.":
    "La publicidad necesita permiso por escrito, y no lo hay.",
  "This person has never written or called, and has agreed to nothing.":
    "Esta persona nunca escribió ni llamó, y no aceptó nada.",
  "This is no number that exists.": "Este número no existe.",
  "The number is in another country.": "El número es de otro país.",
  "Nothing can be read at this number: it is no mobile telephone.":
    "En este número no se puede leer nada: no es un celular.",
  "Its time was over before it could go out.": "Su tiempo pasó antes de que pudiera salir.",
  "The same words went to this number just now.": "Las mismas palabras acaban de ir a este número.",
  "There are no words in it.": "No tiene palabras.",
  "It is longer than a provider takes.": "Es más largo de lo que acepta un proveedor.",
  "This person had three texts of this kind in 24 hours.":
    "Esta persona recibió tres mensajes de este tipo en 24 horas.",
  "Five codes went to this number in 24 hours.": "A este número fueron cinco códigos en 24 horas.",
  "Too early or too late at the reader's place.": "Donde está el cliente es demasiado temprano o tarde.",
  "No advertising at this hour, or on a holiday.": "Sin publicidad a esta hora o en día festivo.",
  "The law of the reader's state allows no texts at this hour.":
    "La ley del estado del cliente no permite mensajes a esta hora.",
  "This is not the picture that was taken there. Send that one.":
    "Esta no es la foto que se tomó allí. Envíe esa.",
  "This file is no PNG, JPEG or WebP picture. Choose another one.":
    "Este archivo no es una imagen PNG, JPEG o WebP. Elija otro.",
  "This picture carries more than itself. Take it anew with this page.":
    "Esta foto lleva más que la imagen. Tómela de nuevo con esta página.",
  "The picture is wider or higher than {size} pixels. Save a smaller one.":
    "La foto tiene más de {size} píxeles de ancho o de alto. Guarde una más pequeña.",
  "The picture is larger than 8 MB. Take another one.": "La foto pesa más de 8 MB. Tome otra.",
  "This is longer than 32 kB. Say it in fewer words.":
    "Esto ocupa más de 32 kB. Dígalo con menos palabras.",
  "The server cannot read this ({fields}). Do it again, or call the office.":
    "El servidor no puede leer esto ({fields}). Repítalo o llame a la oficina.",
  "Why: say it in at most 200 letters.": "Por qué: dígalo en 200 letras como máximo.",
  "Say why it was not taken, in at most 200 letters.":
    "Diga por qué no se aceptó, en 200 letras como máximo.",
  "Words for the office: type 1 to 2000 letters.": "Palabras para la oficina: escriba de 1 a 2000 letras.",
  "Words for the customer: type 1 to 1600 letters.":
    "Palabras para el cliente: escriba de 1 a 1600 letras.",
  "What is wrong with the truck: say it in at most 2000 letters.":
    "Qué tiene el camión: dígalo en 2000 letras como máximo.",
  "Quantity: type a number with at most four decimals, and why in at most 200 letters.":
    "Cantidad: escriba un número con cuatro decimales como máximo, y por qué en 200 letras como máximo.",
  "A product is there twice. Go back, and say each once.":
    "Un producto está dos veces. Vuelva y diga cada uno una vez.",
  "Amount: type a number from 0.01 to 100000, with at most two decimals.":
    "Cantidad: escriba un número de 0.01 a 100000, con dos decimales como máximo.",
  "Say whether it was cash or a check.": "Diga si fue efectivo o cheque.",
  "Number of the check: type at most 20 letters.":
    "Número del cheque: escriba 20 letras como máximo.",
  "A check has a number, and cash has none. Type the number, or choose the other.":
    "Un cheque tiene número y el efectivo no. Escriba el número o elija lo otro.",
  "This picture cannot be sent as it is. Take another one.":
    "Esta foto no se puede enviar así. Tome otra.",
  "The place of this picture cannot be read. Take another one.":
    "No se puede leer el lugar de esta foto. Tome otra.",
  "Who signs: type at most 100 letters.": "Quién firma: escriba 100 letras como máximo.",
  "All that is invoiced is paid.": "Todo lo facturado está pagado.",
  "There is no number any more that can get texts.": "Ya no hay número que reciba mensajes.",
  "The text was taken back.": "El mensaje se retiró.",
  "There is no such number.": "Ese número no existe.",
  "The person has stopped texts at the provider.": "La persona paró los mensajes en el proveedor.",
  "This is no mobile number.": "Este no es un número de celular.",
  "The telephone is off or out of reach.": "El teléfono está apagado o sin señal.",
  "The telephone or its carrier blocks texts.": "El teléfono o su operador bloquea los mensajes.",
  "The number is not in service.": "El número no está en servicio.",
  "This is a landline, or its carrier takes no texts.":
    "Es un teléfono fijo, o su operador no acepta mensajes.",
  "The carrier took it for unwanted advertising.": "El operador lo tomó por publicidad no deseada.",
  "Too many texts a second for this registration.": "Demasiados mensajes por segundo para este registro.",
  "The carrier's limit for today is reached.": "Se alcanzó el límite del operador por hoy.",
  "The number of the business is not registered for texts (10DLC).":
    "El número del negocio no está registrado para mensajes (10DLC).",
  "Quo has not approved this business for texts yet (A2P).":
    "Quo aún no aprobó este negocio para mensajes (A2P).",
  "The subscription at Quo has ended.": "La suscripción en Quo terminó.",
  "The provider could not send it.": "El proveedor no pudo enviarlo.",
  "The carrier did not deliver it.": "El operador no lo entregó.",
  "The provider refuses our key.": "El proveedor rechaza nuestra clave.",
  "The provider gives the reason {code}.": "El proveedor da el motivo {code}.",
};

const NAME = /\{(\w+)\}/g;

// A sentence of the server's in Spanish, with its values; nothing when it is none of these.
export function inSpanish(words: string): string | undefined {
  const whole = SPANISH[words];
  if (whole) return whole;
  for (const [sentence, said] of Object.entries(SPANISH)) {
    const values = valuesOf(sentence, words);
    if (values) return said.replace(NAME, (_, name: string) => values.get(name) ?? "");
  }
  return undefined;
}

// What stands for the {names} of a sentence; nothing when the words are another one.
function valuesOf(sentence: string, words: string): Map<string, string> | undefined {
  const names = [...sentence.matchAll(NAME)].map(([, name]) => name!);
  if (!names.length) return undefined;
  const parts = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`^${parts.join("(.+)")}$`, "s").exec(words);
  return found ? new Map(names.map((name, at) => [name, inSpanish(found[at + 1]!) ?? found[at + 1]!])) : undefined;
}
