package io.orderly.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.orderly.console.order.SampleSaga;
import io.orderly.contracts.Address;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.contracts.Sku;
import io.orderly.contracts.event.InventoryReleased;
import io.orderly.contracts.event.InventoryReserved;
import io.orderly.contracts.event.OrderCancelled;
import io.orderly.contracts.event.OrderConfirmed;
import io.orderly.contracts.event.OrderParked;
import io.orderly.contracts.event.OrderPlaced;
import io.orderly.contracts.event.OrderRejected;
import io.orderly.contracts.event.OrderResumed;
import io.orderly.contracts.event.PaymentCharged;
import io.orderly.contracts.event.PaymentRefunded;
import io.orderly.contracts.event.ShipmentCancelled;
import io.orderly.contracts.event.ShipmentScheduled;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.inventory.ReleaseInventory;
import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.payment.RefundPayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.ShipmentBooked;
import io.orderly.contracts.reply.ShipmentWithdrawn;
import io.orderly.contracts.reply.StockCommitted;
import io.orderly.contracts.reply.StockReleased;
import io.orderly.contracts.reply.StockReserved;
import io.orderly.contracts.shipping.CancelShipment;
import io.orderly.contracts.shipping.ScheduleShipment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stub of services, launcher and coordinators in which orders go through their saga, one message after the other, and which faults affect as they
 * affect the system. Its console gets the messages from it. A fault ends only by request.
 */
final class LivingSystem implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long TICK_MILLIS = 10;

    /** Stands for a deadline of some seconds. */
    private static final long SHORT_DEADLINE_MILLIS = 100;

    private static final Money TOTAL = Money.euros("1.20");
    private static final String DEADLINE = "saga.deadline.charge-payment";

    private final List<HttpServer> servers = new ArrayList<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Saga> orders = new LinkedHashMap<>();
    private final Map<String, String> orderOfKey = new LinkedHashMap<>();
    private final Map<String, JsonNode> faults = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private @Nullable TestConsole console;
    private boolean wasDeposed;
    private int numbers;

    /** The second and the third port answer as coordinators only. */
    LivingSystem() throws IOException {
        for (int i = 0; i < 3; i++) {
            int member = i + 1;
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> answer(exchange, member));
            server.start();
            servers.add(server);
        }
        ticks.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    String url() {
        return url(servers.getFirst());
    }

    String coordinators() {
        return servers.stream().map(LivingSystem::url).collect(Collectors.joining(","));
    }

    synchronized void sendTo(TestConsole reader) {
        console = reader;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults.keySet());
    }

    /** The stored settings. */
    synchronized Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    synchronized void store(String setting, String value) {
        settings.put(setting, value);
    }

    /** A message that waits for its turn, with its sender. */
    private record Planned(String sender, Message message) {

        boolean isOfParticipant() {
            return !sender.equals("order");
        }
    }

    /** The messages of an order that are still to come. */
    private static final class Saga {

        private final OrderId id;
        private final Deque<Planned> planned = new ArrayDeque<>();
        private long lamport;
        private long chargedMillis;
        private boolean parked;
        private boolean pivoted;

        Saga(OrderId id) {
            this.id = id;
        }

        void plan(String sender, Message... messages) {
            Arrays.stream(messages).forEach(message -> planned.add(new Planned(sender, message)));
        }
    }

    private synchronized void tick() {
        orders.values().forEach(this::tick);
    }

    private void tick(Saga saga) {
        if (saga.planned.isEmpty() || isHeld(saga, saga.planned.getFirst())) {
            if (isOn("outage")
                    && "3s".equals(settings.get(DEADLINE))
                    && !saga.planned.isEmpty()
                    && saga.planned.getFirst().message() instanceof ChargeCaptured
                    && System.currentTimeMillis() - saga.chargedMillis > SHORT_DEADLINE_MILLIS) {
                compensate(saga, new OrderRejected(saga.id, "STEP_TIMED_OUT", "No reply came in time."));
            }
            return;
        }
        Planned next = saga.planned.removeFirst();
        long now = System.currentTimeMillis();
        if (next.message() instanceof ChargePayment) {
            saga.chargedMillis = now;
        }
        saga.pivoted |= next.message() instanceof ShipmentScheduled;
        send(saga, next, now);
    }

    private void send(Saga saga, Planned next, long now) {
        long wall = next.sender().equals("payment") && isOn("clock-skew") ? now - 30_000 : now;
        if (console != null) {
            console.read(SampleSaga.record(
                    saga.id, "/" + next.sender() + "-service", next.message(), ++saga.lamport, wall, now, null));
        }
    }

    private boolean isHeld(Saga saga, Planned next) {
        return isOn("cut")
                || saga.parked && !next.isOfParticipant()
                || next.sender().equals("payment") && (isOn("outage") || isOn("crash"))
                || next.isOfParticipant() && isPaused(next.sender() + "-service");
    }

    private boolean isOn(String kind) {
        return faults.values().stream()
                .anyMatch(fault -> fault.path("fault").asString("").equals(kind));
    }

    private boolean isPaused(String process) {
        return faults.values().stream()
                .anyMatch(fault -> fault.path("fault").asString("").equals("pause")
                        && fault.path("process").asString("").equals(process));
    }

    private Saga place(String customer) {
        Saga saga = new Saga(OrderId.of("01936f00-0000-7000-8000-%012d".formatted(++numbers)));
        List<OrderLine> lines = List.of(new OrderLine(new Sku("PENCIL-HB"), 1));
        saga.plan("order", new OrderPlaced(saga.id, CustomerId.of(customer), lines, TOTAL));
        saga.plan("order", new ReserveInventory(saga.id, lines));
        saga.plan("inventory", new StockReserved(saga.id));
        saga.plan("order", new InventoryReserved(saga.id), new ChargePayment(saga.id, CustomerId.of(customer), TOTAL));
        saga.plan("payment", new ChargeCaptured(saga.id, "pay-1", TOTAL));
        saga.plan("order", new PaymentCharged(saga.id, "pay-1", TOTAL));
        saga.plan("order", new ScheduleShipment(saga.id, new Address("Ada", "Lindenstr. 5", "Berlin", "10969", "DE")));
        saga.plan("shipping", new ShipmentBooked(saga.id, "ship-1", LocalDate.of(2026, 12, 1)));
        saga.plan("order", new ShipmentScheduled(saga.id, "ship-1", LocalDate.of(2026, 12, 1)));
        saga.plan("order", new CommitReservation(saga.id));
        saga.plan("inventory", new StockCommitted(saga.id));
        saga.plan("order", new OrderConfirmed(saga.id));
        return saga;
    }

    private static void compensate(Saga saga, Message end) {
        boolean ships = saga.planned.getFirst().message() instanceof ShipmentBooked;
        saga.planned.clear();
        if (ships) {
            saga.plan("order", new CancelShipment(saga.id));
            saga.plan("shipping", new ShipmentWithdrawn(saga.id));
            saga.plan("order", new ShipmentCancelled(saga.id));
        }
        saga.plan("order", new RefundPayment(saga.id));
        saga.plan("payment", new ChargeReversed(saga.id, null));
        saga.plan("order", new PaymentRefunded(saga.id, null), new ReleaseInventory(saga.id));
        saga.plan("inventory", new StockReleased(saga.id));
        saga.plan("order", new InventoryReleased(saga.id), end);
    }

    private void answer(HttpExchange exchange, int member) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String[] parts = path.split("/");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (path.equals("/v1/cluster")) {
            cluster(exchange, member);
        } else if (path.equals("/orders") && isPost) {
            place(exchange, body);
        } else if (path.endsWith("/cancellation")) {
            cancel(exchange, parts[2]);
        } else if (path.startsWith("/sagas/") && isPost) {
            operate(exchange, parts[2], parts[3]);
        } else if (path.startsWith("/faults")) {
            fault(exchange, body);
        } else if (path.startsWith("/actuator/settings")) {
            setting(exchange, body);
        } else {
            send(exchange, 200, "{\"status\":\"UP\"}");
        }
    }

    private void cluster(HttpExchange exchange, int member) throws IOException {
        boolean paused;
        boolean deposed;
        synchronized (this) {
            paused = isPaused("coordinator-leader");
            wasDeposed |= paused;
            deposed = wasDeposed;
        }
        if (paused && member == 1) {
            send(exchange, 503, "{}");
        } else {
            send(exchange, 200, """
                    {"member":%d,"leader":%d,"ballot":"%s","commit":1,"applied":1,"lag":0}""".formatted(member, deposed ? 2 : 1, deposed ? "2.2" : "1.1"));
        }
    }

    private void place(HttpExchange exchange, String body) throws IOException {
        String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        String id;
        synchronized (this) {
            id = orderOfKey.computeIfAbsent(key, _ -> {
                Saga saga = place(JSON.readTree(body).path("customer").asString(""));
                orders.put(saga.id.toString(), saga);
                return saga.id.toString();
            });
        }
        send(exchange, 202, "{\"id\":\"%s\",\"status\":\"PENDING\"}".formatted(id));
    }

    private void cancel(HttpExchange exchange, String order) throws IOException {
        boolean accepted;
        synchronized (this) {
            Saga saga = orders.get(order);
            accepted = saga != null && !saga.pivoted && !saga.planned.isEmpty();
            if (accepted) {
                compensate(saga, new OrderCancelled(saga.id, "CANCELLED_BY_CUSTOMER", "The customer cancelled."));
            }
        }
        send(exchange, accepted ? 202 : 409, accepted ? "{}" : "{\"title\":\"Too late\"}");
    }

    private void operate(HttpExchange exchange, String order, String action) throws IOException {
        synchronized (this) {
            Saga saga = orders.get(order);
            if (saga != null && action.equals("park")) {
                saga.parked = true;
                send(
                        saga,
                        new Planned("order", new OrderParked(saga.id, "PARKED_BY_OPERATOR", "An operator.")),
                        System.currentTimeMillis());
            } else if (saga != null) {
                saga.parked = false;
                saga.planned.addFirst(new Planned("payment", new ChargeCaptured(saga.id, "pay-1", TOTAL)));
                saga.planned.addFirst(new Planned("order", new ChargePayment(saga.id, CustomerId.of("ada"), TOTAL)));
                saga.planned.addFirst(new Planned("order", new OrderResumed(saga.id)));
            }
        }
        send(exchange, 202, "{}");
    }

    private void fault(HttpExchange exchange, String body) throws IOException {
        String answer;
        int status = 200;
        String[] parts = exchange.getRequestURI().getPath().split("/");
        String id = parts[parts.length - 1];
        synchronized (this) {
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    faults.put(id, JSON.readTree(body));
                    answer = view(id, JSON.readTree(body));
                }
                case "DELETE" -> {
                    status = faults.remove(id) == null ? 404 : 200;
                    answer = "{}";
                }
                default -> {
                    List<String> views = new ArrayList<>();
                    faults.forEach((name, fault) -> views.add(view(name, fault)));
                    answer = "{\"processes\":[],\"links\":[],\"faults\":[%s]}".formatted(String.join(",", views));
                }
            }
        }
        send(exchange, status, answer);
    }

    private String view(String id, JsonNode fault) {
        boolean tookEffect = !fault.path("fault").asString("").equals("crash")
                || orders.values().stream()
                        .anyMatch(saga -> !saga.planned.isEmpty()
                                && saga.planned.getFirst().message() instanceof ChargeCaptured);
        return "{\"id\":\"%s\",\"fault\":%s,\"since\":\"%s\",\"until\":null,\"effect\":{\"tookEffect\":%s,\"seen\":\"took effect\"}}"
                .formatted(id, fault, Instant.ofEpochMilli(0), tookEffect);
    }

    private void setting(HttpExchange exchange, String body) throws IOException {
        String answer;
        synchronized (this) {
            if (exchange.getRequestMethod().equals("POST")) {
                JsonNode value = JSON.readTree(body).path("value");
                String name = exchange.getRequestURI().getPath().replace("/actuator/settings/", "");
                if (value.isString()) {
                    settings.put(name, value.asString());
                } else {
                    settings.remove(name);
                }
                answer = "{\"revision\":7}";
            } else {
                answer = "{\"settings\":[{\"name\":\"%s\",\"value\":\"%s\",\"source\":\"%s\",\"revision\":7}]}"
                        .formatted(
                                DEADLINE,
                                settings.getOrDefault(DEADLINE, "1m"),
                                settings.containsKey(DEADLINE) ? "STORED" : "CONFIGURED");
            }
        }
        send(exchange, 200, answer);
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        servers.forEach(server -> server.stop(0));
    }
}
