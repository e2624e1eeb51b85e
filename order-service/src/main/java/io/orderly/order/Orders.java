package io.orderly.order;

import java.util.UUID;
import org.springframework.data.repository.Repository;

/** Stores orders. */
public interface Orders extends Repository<Order, UUID> {

    Order save(Order order);
}
