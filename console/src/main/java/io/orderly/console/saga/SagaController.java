package io.orderly.console.saga;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import io.orderly.contracts.OrderId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows what the saga of an order waits for, by the clock of this process, and what the participants hold for the order. */
@RestController
class SagaController {

    private final Upstreams upstreams;

    SagaController(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @GetMapping("/api/orders/{id}/awaited")
    AwaitedReply awaited(@PathVariable OrderId id) throws InterruptedException {
        try {
            return AwaitedReply.read(upstreams.orderService().read("/orders/" + id, Upstream.SHORT), Instant.now());
        } catch (IOException e) {
            throw Upstream.problem(HttpStatus.BAD_GATEWAY, "The order-service does not say what the saga waits for.");
        }
    }

    @GetMapping("/api/orders/{id}/effects")
    List<Effect> effects(@PathVariable OrderId id) throws InterruptedException {
        List<Effect> effects = new ArrayList<>();
        effects.add(effect("inventory-service", "reservation", "/reservations/" + id));
        effects.add(effect("payment-service", "payment", "/payments/" + id));
        effects.add(effect("shipping-service", "shipment", "/shipments/" + id));
        return effects;
    }

    private Effect effect(String service, String kind, String path) throws InterruptedException {
        try {
            ResponseEntity<byte[]> answer = upstreams.service(service).get(path);
            if (answer.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
                return Effect.none(service, kind);
            }
            byte[] body = answer.getBody();
            return answer.getStatusCode().is2xxSuccessful() && body != null
                    ? Effect.read(service, kind, body)
                    : Effect.unknown(service, kind);
        } catch (ErrorResponseException noAnswer) {
            return Effect.unknown(service, kind);
        }
    }
}
