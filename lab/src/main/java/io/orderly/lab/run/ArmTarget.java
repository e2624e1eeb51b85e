package io.orderly.lab.run;

import io.orderly.lab.experiment.HttpCall;
import io.orderly.lab.load.OrderApi;
import io.orderly.lab.load.OrderOutcome;
import io.orderly.lab.load.OrderResponse;
import io.orderly.lab.load.PlannedOrder;
import io.orderly.lab.load.RequestTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the request of an arm. A POST places the order: a 202 accepts it for asynchronous processing, a 201 confirms
 * it, and a problem of the type order-declined rejects it after compensation. A GET reads the order's first product.
 */
final class ArmTarget implements RequestTarget {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int UNPROCESSABLE = 422;

    /** The problem type of an order that cannot be fulfilled. */
    private static final String DECLINED = "order-declined";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI service;
    private final HttpCall call;
    private final Duration timeout;

    /** @param timeout how long to wait for a response */
    ArmTarget(URI service, HttpCall call, Duration timeout) {
        this.service = service;
        this.call = call;
        this.timeout = timeout;
    }

    @Override
    public OrderResponse send(PlannedOrder order) throws IOException, InterruptedException {
        return switch (call.method()) {
            case GET -> query(order);
            case POST -> place(order);
        };
    }

    private OrderResponse query(PlannedOrder order) throws IOException, InterruptedException {
        String sku =
                JSON.readTree(order.body()).path("lines").path(0).path("sku").stringValue();
        HttpResponse<Void> answer =
                http.send(request(call.path().replace("{sku}", sku)).GET().build(), BodyHandlers.discarding());
        return new OrderResponse(answer.statusCode(), null, answer.statusCode() == OK ? OrderOutcome.SERVED : null);
    }

    private OrderResponse place(PlannedOrder order) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(call.path())
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", order.key())
                        .POST(BodyPublishers.ofByteArray(order.body()))
                        .build(),
                BodyHandlers.ofString());
        int status = answer.statusCode();
        return switch (status) {
            case ACCEPTED -> new OrderResponse(status, OrderApi.orderIn(answer));
            case CREATED -> new OrderResponse(status, OrderApi.orderIn(answer), OrderOutcome.CONFIRMED);
            case UNPROCESSABLE ->
                new OrderResponse(status, null, answer.body().contains(DECLINED) ? OrderOutcome.REJECTED : null);
            default -> new OrderResponse(status, null, null, OrderApi.retryAfter(answer));
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(timeout);
    }
}
