package io.orderly.shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;

/** Starts the shipping-service. All its SQL is written by hand, for batches, so it starts without Hibernate. */
@SpringBootApplication(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
@ConfigurationPropertiesScan
public class ShippingService {

    public static void main(String[] args) {
        SpringApplication.run(ShippingService.class, args);
    }
}
