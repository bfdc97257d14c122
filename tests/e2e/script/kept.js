// Everything that outlives the moment, or can be read off the document: not what stands in a field.
const done = arguments[arguments.length - 1];
const asked = (request) => new Promise((resolve) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => resolve(null);
});
const stores = async ({ name }) => {
  const database = await asked(indexedDB.open(name));
  const all = [];
  for (const store of database.objectStoreNames) {
    const values = await asked(database.transaction(store).objectStore(store).getAll());
    for (const value of values) {
      all.push({ text: JSON.stringify(value), extractable: value.extractable ?? true });
    }
  }
  database.close();
  return all;
};
(async () => {
  const databases = await indexedDB.databases();
  done({
    session: { ...sessionStorage },
    local: { ...localStorage },
    cookies: document.cookie,
    address: location.href,
    history: JSON.stringify(history.state),
    document: document.documentElement.outerHTML,
    databases: (await Promise.all(databases.map(stores))).flat(),
    caches: await caches.keys(),
  });
})();
