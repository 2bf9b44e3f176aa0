// What the phone says, in English and in Spanish. The English words are their own names.

import { inSpanish } from "./refusals";

const SPANISH: Record<string, string> = {
  "Run": "Ruta",
  "No run": "Sin ruta",
  "You have no run today. It appears here as soon as the office gives you one.":
    "Hoy no tiene ruta. Aparecerá aquí en cuanto la oficina le dé una.",
  "Look again": "Buscar otra vez",
  "The office has not put anything on this run yet.": "La oficina aún no puso nada en esta ruta.",
  "All stops of this run are done.": "Todas las paradas de esta ruta están hechas.",
  "Start the run": "Empezar la ruta",
  "End the run": "Terminar la ruta",
  "The run is over.": "La ruta terminó.",
  "Check the truck": "Revisar el camión",
  "All is well": "Todo bien",
  "What is wrong with the truck": "Qué tiene el camión",
  "Report it": "Avisar",
  "Check the load": "Revisar la carga",
  "Check the truck first": "Primero revise el camión",
  "Check the load first": "Primero revise la carga",
  "On the truck": "En el camión",
  "All is there": "Está todo",
  "Something is different": "Hay algo diferente",
  "Save what is loaded": "Guardar lo cargado",
  "This is missing": "Falta esto",
  "Go back": "Volver",
  "Why do you go on without it?": "¿Por qué sigue sin eso?",
  "Go on without it": "Seguir sin eso",
  "Check of the truck": "Revisión del camión",
  "Check of the load": "Revisión de la carga",
  "Word that you are on the way": "Aviso de que va en camino",
  "Word that you have arrived": "Aviso de que ha llegado",
  "Money": "Dinero",
  "Take a photo first": "Primero tome una foto",
  "Let them sign first": "Primero pida la firma",
  "Write a note first": "Primero escriba una nota",
  "Money first: {customer}": "Primero el dinero: {customer}",
  "Money is required here: the run ends with it.": "Aquí se debe cobrar: sin eso la ruta no termina.",
  "{done} of {wanted} done": "{done} de {wanted} hechas",
  "{number} not sent yet": "{number} sin enviar",
  "All is sent": "Todo enviado",
  "Other driver": "Otro conductor",
  "Call the office": "Llame a la oficina",
  "Server trouble": "Falla del servidor",
  "What you typed below is not sent with this. Go on without it?":
    "Lo que escribió abajo no se envía con esto. ¿Seguir sin eso?",
  "{quantity} {unit} of {product} is more than the {whole} planned. Is it so?":
    "{quantity} {unit} de {product} es más que lo previsto ({whole}). ¿Es así?",
  "You said before that something is different. Is all there now?":
    "Antes dijo que algo es diferente. ¿Ya está todo?",
  "Not on your run any more": "Ya no está en su ruta",
  "Next": "Siguiente",
  "Stop {number}": "Parada {number}",
  "Pick up": "Recoger",
  "Picked up": "Recogido",
  "Delivered": "Entregado",
  "Not taken": "No aceptado",
  "Cancelled": "Cancelado",
  "Back to the yard": "Vuelve al patio",
  "It goes back to the yard.": "Vuelve al patio.",
  "On the way": "En camino",
  "There": "En el lugar",
  "I am on my way": "Voy en camino",
  "I have arrived": "He llegado",
  "More": "Más",
  "Only a part": "Solo una parte",
  "Photo": "Foto",
  "Signature": "Firma",
  "Ticket": "Comprobante",
  "Delivery ticket": "Comprobante de entrega",
  "No. {number}": "N.º {number}",
  "The number follows when it is sent.": "El número llega al enviarlo.",
  "Delivered to": "Entregado a",
  "Order": "Pedido",
  "Driver, truck": "Conductor, camión",
  "of {whole}": "de {whole}",
  "cord": "cuerda",
  "cords": "cuerdas",
  "Price, with taxes": "Precio con impuestos",
  "the office adds it": "la oficina lo añade",
  "Where the wood was harvested stands on the paper of the office.":
    "Dónde se cortó la leña consta en el papel de la oficina.",
  "Still to pay": "Falta por pagar",
  "Still to pay for what was handed over": "Falta por pagar de lo entregado",
  "Still to pay for the whole order": "Falta por pagar de todo el pedido",
  "Signed by {signer}": "Firmado por {signer}",
  "Nobody has signed yet.": "Nadie ha firmado todavía.",
  "Let the customer sign": "Que firme el cliente",
  "Note": "Nota",
  "Trouble": "Problema",
  "Navigate": "Navegar",
  "Call": "Llamar",
  "Link to pay by card": "Enlace para pagar con tarjeta",
  "Text a link to pay by card": "Enviar enlace para pagar con tarjeta",
  "A link to pay by card goes to the customer.": "El cliente recibe un enlace para pagar con tarjeta.",
  "The customer got no link to pay by card. Take cash or a check.":
    "El cliente no recibió el enlace para pagar con tarjeta. Cobre en efectivo o con cheque.",
  "no card link": "sin enlace de pago",
  "Text": "Mensaje",
  "Text to the customer": "Mensaje al cliente",
  "What should the customer know?": "¿Qué debe saber el cliente?",
  "I am at the gate.": "Estoy en el portón.",
  "I am about 15 minutes late.": "Llego unos 15 minutos tarde.",
  "Where should I put it?": "¿Dónde lo pongo?",
  "The answer goes to the office. Without signal it is not sent: call then.":
    "La respuesta llega a la oficina. Sin señal no se envía: entonces llame.",
  "Send": "Enviar",
  "Put it": "Ponerlo",
  "Where it is": "Dónde está",
  "To collect": "Por cobrar",
  "Collected": "Cobrado",
  "Nothing to collect": "Nada que cobrar",
  "{amount} still open": "Faltan {amount}",
  "no address: ask the office": "sin dirección: pregunte a la oficina",
  "between {from} and {until}": "entre {from} y {until}",
  "gate {size} wide": "portón de {size} de ancho",
  "{size} high": "{size} de alto",
  "at most {size}": "máximo {size}",
  "Handed over": "Entregado en parte",
  "of {number} {unit}": "de {number} {unit}",
  "Why is it less?": "¿Por qué es menos?",
  "Why was it not taken?": "¿Por qué no se aceptó?",
  "Nobody was there": "No había nadie",
  "They did not want it": "No lo quisieron",
  "It goes again another day": "Se lleva otro día",
  "Save": "Guardar",
  "Back": "Atrás",
  "Cash": "Efectivo",
  "Check": "Cheque",
  "Number of the check": "Número del cheque",
  "Photo of the check": "Foto del cheque",
  "Take the photo of the check again": "Tomar otra vez la foto del cheque",
  "Take a photo of the check, or say here why there is none.":
    "Tome una foto del cheque, o diga aquí por qué no la hay.",
  "Amount received": "Cantidad recibida",
  "Why is it another amount?": "¿Por qué es otra cantidad?",
  "Money received": "Dinero recibido",
  "Not paid now": "No paga ahora",
  "Back to the run": "Volver a la ruta",
  "What should the office know?": "¿Qué debe saber la oficina?",
  "What is the trouble?": "¿Cuál es el problema?",
  "Who signs?": "¿Quién firma?",
  "Sign here": "Firme aquí",
  "Clear": "Borrar",
  "A signature is missing.": "Falta la firma.",
  "Type it.": "Escríbalo.",
  "Type an amount.": "Escriba una cantidad.",
  "Type a number, with at most four decimals.": "Escriba un número, con cuatro decimales como máximo.",
  "Type the number of the check.": "Escriba el número del cheque.",
  "{due} is due. Say why it is less.": "Se deben {due}. Diga por qué es menos.",
  "{due} is due. Say why it is more.": "Se deben {due}. Diga por qué es más.",
  "This is for what was handed over. With the rest it is {open}.":
    "Es por lo que se entregó. Con el resto son {open}.",
  "Only a part was handed over, and {due} is for the whole order. Take what the paper says, or ask the office.":
    "Solo se entregó una parte, y {due} es por todo el pedido. Cobre lo que dice el papel o pregunte a la oficina.",
  "Only a part was handed over, and {due} is for the whole order. Send first, or take what the paper says.":
    "Solo se entregó una parte, y {due} es por todo el pedido. Envíe primero, o cobre lo que dice el papel.",
  "{due} is due: type that at most.": "Se deben {due}: escriba eso como máximo.",
  "At most {number} of it is on the truck.": "Hay como máximo {number} en el camión.",
  "Say why it is less than {number}.": "Diga por qué es menos de {number}.",
  "Nothing is left to hand over: go back, and say that it was not taken.":
    "No queda nada que entregar: vuelva y diga que no se aceptó.",
  "This picture cannot be read. Take another one.": "No se puede leer esta foto. Tome otra.",
  "The phone's memory is full. Nothing was noted: make room, and do it again.":
    "La memoria del teléfono está llena. No se anotó nada: libere espacio y repita.",
  "Nothing was noted. Close the page and open it again.":
    "No se anotó nada. Cierre la página y ábrala otra vez.",
  "The phone's memory does not answer. Close the page and open it again.":
    "La memoria del teléfono no responde. Cierre la página y ábrala otra vez.",
  "If it stays so, leave private browsing, and allow this page to keep data.":
    "Si sigue así, salga de la navegación privada y permita que esta página guarde datos.",
  "Open it again": "Abrir otra vez",
  "The server does not take it. Take another one.": "El servidor no lo acepta. Tome otra.",
  "What was done": "Lo hecho",
  "Nothing waits on this phone.": "Nada espera en este teléfono.",
  "Send now": "Enviar ahora",
  "Sending…": "Enviando…",
  "No signal: it goes by itself as soon as there is some.":
    "Sin señal: se enviará solo en cuanto haya.",
  "You are signed out. Sign in to send it; nothing is lost.":
    "La sesión terminó. Entre para enviarlo; no se pierde nada.",
  "Somebody else is signed in. What you did is sent when you sign in again.":
    "Entró otra persona. Lo suyo se envía cuando usted entre de nuevo.",
  "You may not drive any more. Call the office.": "Ya no puede conducir. Llame a la oficina.",
  "The server is in trouble. It is tried again by itself.":
    "El servidor tiene problemas. Se intentará de nuevo solo.",
  "Start the run first": "Empiece la ruta primero",
  "Sign in": "Entrar",
  "You are signed out.": "La sesión terminó.",
  "Sign out": "Salir",
  "Sign out?": "¿Salir?",
  "Not sent yet: {number}. It stays on this phone until you sign in again. Sign out all the same?":
    "Sin enviar: {number}. Queda en este teléfono hasta que entre de nuevo. ¿Salir de todos modos?",
  "You can sign out once the server answers. Is there a signal?":
    "Podrá salir cuando el servidor responda. ¿Hay señal?",
  "Not sent yet: {number}. End the run all the same?":
    "Sin enviar: {number}. ¿Terminar la ruta de todos modos?",
  "Stops still open: {number}. The office finds them another day. End the run all the same?":
    "Paradas pendientes: {number}. La oficina les busca otro día. ¿Terminar la ruta de todos modos?",
  "Stops where something was refused or is for the office to decide: {number}. End the run all the same?":
    "Paradas donde algo se rechazó o lo decide la oficina: {number}. ¿Terminar la ruta de todos modos?",
  "End the run early": "Terminar la ruta antes",
  "Trouble on the way": "Problema en el camino",
  "Maps: {name}": "Mapas: {name}",
  "The photo is being kept…": "Guardando la foto…",
  "waits": "espera",
  "kept for the office": "la oficina decide",
  "refused": "rechazado",
  "{number} refused": "{number} rechazado",
  "This stop is not on your run any more. Ask the office if in doubt.":
    "Esta parada ya no está en su ruta. Pregunte a la oficina si tiene dudas.",
  "The first time this phone needs a signal, to fetch your run.":
    "La primera vez este teléfono necesita señal para traer su ruta.",
  "as of {time}": "a las {time}",
  "The office sees where you are until the run ends. A customer sees it while you are on the way there.":
    "La oficina ve dónde está usted hasta que termine la ruta. Un cliente lo ve mientras usted va hacia él.",
  "Nobody sees where you are.": "Nadie ve dónde está usted.",
  "Nobody sees where you are: the phone does not tell this page. Its settings can allow it.":
    "Nadie ve dónde está usted: el teléfono no se lo dice a esta página. Se permite en sus ajustes.",
  "Share": "Compartir",
  "Do not share": "No compartir",
};

const KEY = "driver-language";

export function language(): "en" | "es" {
  const chosen = localStorage.getItem(KEY) ?? navigator.language;
  return chosen.startsWith("es") ? "es" : "en";
}

export function speak(chosen: "en" | "es"): void {
  localStorage.setItem(KEY, chosen);
  document.documentElement.lang = chosen;
}

// What the server has said, in the driver's language.
export function hear(words: string): string {
  return language() === "es" ? (inSpanish(words) ?? say(words)) : words;
}

// Say it in the driver's language, with values put in for {names}.
export function say(words: string, values: Record<string, string | number> = {}): string {
  const said = language() === "es" ? (SPANISH[words] ?? words) : words;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
