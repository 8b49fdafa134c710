// Runs telegram-test-api on the port that is its one argument, until it is ended.
import TelegramServer from "telegram-test-api";

const server = new TelegramServer({ host: "127.0.0.1", port: Number(process.argv[2]), storeTimeout: 3600 });
await server.start();
console.log("ready");
