package io.orderly.inventory.stock.web;

import io.orderly.contracts.Sku;
import io.orderly.inventory.stock.Restocking;
import io.orderly.inventory.stock.StockItem;
import io.orderly.inventory.stock.StockItems;
import io.orderly.inventory.stock.StockLevel;
import io.orderly.kit.idempotency.IdempotencyKey;
import io.orderly.kit.idempotency.IdempotencyKeys;
import io.orderly.kit.idempotency.IdempotentResponse;
import io.orderly.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/products/{sku}")
@Tag(name = "Stock")
class StockController {

    private final StockItems stock;
    private final Restocking restocking;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    StockController(StockItems stock, Restocking restocking, IdempotencyKeys keys, JsonMapper json) {
        this.stock = stock;
        this.restocking = restocking;
        this.keys = keys;
        this.json = json;
    }

    @GetMapping("/stock")
    @Operation(summary = "The units of a product on hand, reserved and shipped")
    StockLevel stock(@PathVariable Sku sku) {
        return known(sku, stock.findById(sku.value()).map(StockItem::level));
    }

    /** A repeated request has no further effect and gets the response of the first. */
    @PostMapping("/restock")
    @Operation(summary = "Adds units to the stock of a product")
    @ApiResponse(
            responseCode = "200",
            description = "The new stock level",
            content = @Content(schema = @Schema(implementation = StockLevel.class)))
    ResponseEntity<byte[]> restock(@PathVariable Sku sku, @RequestBody Restock restock, IdempotencyKey key) {
        return keys.once(key.toRequest(null, restock), () -> {
                    StockLevel level = known(sku, restocking.restock(sku, restock.quantity()));
                    return new IdempotentResponse(HttpStatus.OK, null, json.writeValueAsBytes(level));
                })
                .toResponse();
    }

    private static StockLevel known(Sku sku, Optional<StockLevel> level) {
        return level.orElseThrow(() -> ProblemException.notFound("There is no product " + sku + "."));
    }
}
