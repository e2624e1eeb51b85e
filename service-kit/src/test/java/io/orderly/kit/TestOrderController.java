package io.orderly.kit;

import com.fasterxml.uuid.Generators;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.OrderLine;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Endpoints like those of a service, for tests with invalid input. */
@RestController
@RequestMapping("/test-orders")
class TestOrderController {

    private final IdempotencyKeys idempotencyKeys;
    private final JdbcClient jdbc;
    private volatile Runnable beforeCommit = () -> {};

    TestOrderController(IdempotencyKeys idempotencyKeys, JdbcClient jdbc) {
        this.idempotencyKeys = idempotencyKeys;
        this.jdbc = jdbc;
    }

    enum Speed {
        NORMAL,
        EXPRESS
    }

    record PlaceOrder(
            CustomerId customerId,
            @NotEmpty @Size(max = 100) List<OrderLine> lines,
            @Nullable Money expectedTotal,
            @Nullable @Size(max = 50) String note,
            @Nullable Speed speed,
            @Nullable LocalDate notBefore,
            @Nullable Boolean gift) {}

    record Placed(OrderId orderId) {}

    /** Sets an action that runs after an order is inserted and before its transaction ends. */
    void onPlacing(Runnable beforeCommit) {
        this.beforeCommit = beforeCommit;
    }

    @PostMapping
    @ApiResponse(
            responseCode = "202",
            description = "The order is accepted",
            headers = @Header(name = "Location", required = true, schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = Placed.class)))
    ResponseEntity<byte[]> place(IdempotencyKey key, @Valid @RequestBody PlaceOrder order) {
        return idempotencyKeys
                .once(key.toRequest(order.customerId(), order), () -> write(order))
                .toResponse();
    }

    private IdempotentResponse write(PlaceOrder order) {
        OrderId id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        jdbc.sql("insert into placed (order_id, customer, note) values (?, ?, ?)")
                .param(id.value())
                .param(order.customerId().value())
                .param(order.note())
                .update();
        beforeCommit.run();
        byte[] json = ("{\"orderId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        return IdempotentResponse.accepted(URI.create("/test-orders/" + id), json);
    }

    @GetMapping("/{id}")
    OrderId find(@PathVariable OrderId id) {
        throw ProblemException.notFound("There is no order " + id + ".");
    }

    @GetMapping
    List<OrderId> page(
            @RequestParam Speed speed,
            @RequestParam(defaultValue = "10") @Max(100) int limit,
            @RequestParam(required = false) @Nullable @Size(max = 64) String customer) {
        return List.of();
    }

    @GetMapping("/failures/{kind}")
    @ApiResponse(responseCode = "409", ref = "#/components/responses/CONFLICT")
    String fail(@PathVariable String kind) throws Exception {
        throw switch (kind) {
            case "lost-update" -> new OptimisticLockingFailureException("select secret from orders");
            case "duplicate" -> new DuplicateKeyException("insert into orders");
            case "no-connection" -> new CannotGetJdbcConnectionException("no connection to 10.0.0.1");
            case "shutting-down" -> new IllegalStateException("select 1", new SQLException("going down", "57P01"));
            case "sql" -> new SQLException("syntax error at select secret", "42601");
            default -> new IllegalStateException("io.orderly.Secret in select secret from orders");
        };
    }
}
