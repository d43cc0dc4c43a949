// A worker of a browser, in the form that core.js takes.
export function fromWorker(worker) {
  return {
    post: (message) => worker.postMessage(message),
    listen(told, failed) {
      worker.onmessage = ({ data }) => told(data);
      worker.onerror = (e) => failed(e.message || "the browser did not start the verifier");
    },
    end: () => worker.terminate(),
  };
}
