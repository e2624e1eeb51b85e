package io.orderly.shipping;

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
class SignInIntegrationTest extends ShippingIntegrationTest {

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
                READ GET /capacity
                OPERATE GET /shipments
                OPERATE GET /shipments/{orderId}
                """);
    }
}
