package io.orderly.shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the shipping-service. */
@SpringBootApplication
public class ShippingService {

    public static void main(String[] args) {
        SpringApplication.run(ShippingService.class, args);
    }
}
