package io.orderly.kit.members;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service without a database. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class},
        excludeName = {
            "io.orderly.kit.entities.EntitiesAutoConfiguration",
            "io.orderly.kit.unitofwork.UnitOfWorkAutoConfiguration",
            "io.orderly.kit.retention.RetentionAutoConfiguration"
        })
class TestService {

    public static void main(String[] args) {
        SpringApplication.run(TestService.class, args);
    }

    @RestController
    static class Slow {

        final CountDownLatch mayEnd = new CountDownLatch(1);

        @GetMapping("/slow")
        boolean slow() throws InterruptedException {
            return mayEnd.await(60, TimeUnit.SECONDS);
        }
    }
}
