package io.orderly.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;

/** Starts the inventory-service. All its SQL is written by hand, for batches, so it starts without Hibernate. */
@SpringBootApplication(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
public class InventoryService {

    public static void main(String[] args) {
        SpringApplication.run(InventoryService.class, args);
    }
}
