"""A shop and its payment process, each with a book of its own on disk. Needs nothing but Python 3.

    shop.py payment PORT FOLDER
    shop.py shop PORT FOLDER        with the port of the payment process in PAYMENT_PORT

The shop has two bugs on purpose, unless MENDED=yes:

- It repeats a charge that is not answered in time under another key, so that the payment process cannot recognize it.
- It writes an order into its book when it is paid, but acknowledges it before, so that a kill loses it.
"""

import http.client
import json
import os
import sys
import threading
import time
import uuid
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT = 0.5
PAUSE = 0.05


class Book:
    """Lines of JSON on disk."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "book")
        self.file = open(self.path, "a")
        self.lock = threading.Lock()

    def entries(self):
        with open(self.path) as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def append(self, entry):
        with self.lock:
            self.file.write(json.dumps(entry) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())


class Payment:
    def __init__(self, folder):
        self.book = Book(folder)
        self.charges = {charge["key"]: charge for charge in self.book.entries()}
        self.lock = threading.Lock()

    def post(self, path, charge):
        with self.lock:
            if charge["key"] not in self.charges:
                self.book.append(charge)
                self.charges[charge["key"]] = charge
        return 200, charge

    def get(self, path):
        if path == "/health":
            return 200, {}
        with self.lock:
            charges = Counter(charge["order"] for charge in self.charges.values())
        return 200, [{"order": order, "charges": n} for order, n in charges.items() if n > 1]


class Shop:
    def __init__(self, folder, payment_port, mended):
        self.book = Book(folder)
        self.payment_port = payment_port
        self.mended = mended
        self.orders = {order["id"]: order for order in self.book.entries()}
        for order in list(self.orders.values()):
            if order["status"] == "PENDING":
                self.begin_to_pay(order)

    def post(self, path, wish):
        order = {"id": str(uuid.uuid4()), "amount": wish["amount"], "status": "PENDING"}
        if self.mended:
            self.book.append(order)
        self.orders[order["id"]] = order
        self.begin_to_pay(order)
        return 202, order

    def get(self, path):
        if path == "/health":
            return 200, {}
        order = self.orders.get(path.removeprefix("/orders/"))
        return (200, order) if order else (404, {})

    def begin_to_pay(self, order):
        threading.Thread(target=self.pay, args=(order,), daemon=True).start()

    def pay(self, order):
        while not self.charge(order):
            time.sleep(PAUSE)
        paid = {**order, "status": "CONFIRMED"}
        self.book.append(paid)
        self.orders[order["id"]] = paid

    def charge(self, order):
        key = order["id"] if self.mended else str(uuid.uuid4())
        connection = http.client.HTTPConnection("127.0.0.1", self.payment_port, timeout=TIMEOUT)
        try:
            charge = {"key": key, "order": order["id"], "amount": order["amount"]}
            connection.request("POST", "/charges", json.dumps(charge))
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def serve(port, service):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(*service.get(self.path))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(*service.post(self.path, json.loads(body)))

        def answer(self, status, body):
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    Server(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    role, port, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if role == "payment":
        serve(port, Payment(folder))
    else:
        serve(port, Shop(folder, int(os.environ["PAYMENT_PORT"]), os.environ.get("MENDED") == "yes"))
