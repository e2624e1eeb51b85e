package io.orderly.inventory;

import io.orderly.kit.testing.SignInMatrix;
import io.orderly.kit.testing.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with callers who sign in. */
@DirtiesContext
class SignInIntegrationTest extends InventoryIntegrationTest {

    private static final TestIssuer ISSUER = TestIssuer.start();

    @DynamicPropertySource
    static void signIn(DynamicPropertyRegistry registry) {
        ISSUER.settings().forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void everyEndpointNeedsItsScope(@Autowired ApplicationContext service, @LocalServerPort int port) throws Exception {
        SignInMatrix.assertHolds(service, port, ISSUER, """
                READ GET /products
                READ GET /products/details
                READ GET /products/{sku}
                READ GET /products/{sku}/details
                READ GET /products/{sku}/reviews
                READ GET /products/{sku}/stock
                OPERATE PUT /products/{sku}/price
                OPERATE POST /products/{sku}/restock
                OPERATE GET /products/{sku}/reservations
                OPERATE GET /reservations/{orderId}
                OPERATE GET /shards
                OPERATE POST /shards/splits
                OPERATE POST /shards/merges
                """);
    }
}
