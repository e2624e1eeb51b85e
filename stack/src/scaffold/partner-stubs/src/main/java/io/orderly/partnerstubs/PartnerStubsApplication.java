package io.orderly.partnerstubs;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the stubs. */
@SpringBootApplication
public class PartnerStubsApplication {

    public static void main(String[] args) {
        SpringApplication.run(PartnerStubsApplication.class, args);
    }
}
