package io.orderly.coordinator.member;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs one member of the cluster. */
@SpringBootApplication(scanBasePackages = "io.orderly.coordinator")
public class CoordinatorApplication {

    public static void main(String[] args) {
        SpringApplication.run(CoordinatorApplication.class, args);
    }
}
