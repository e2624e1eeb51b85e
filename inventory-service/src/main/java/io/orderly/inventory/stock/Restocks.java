package io.orderly.inventory.stock;

import java.util.UUID;
import org.springframework.data.repository.Repository;

/** The journal of restocked units. */
interface Restocks extends Repository<RestockEntry, UUID> {

    void save(RestockEntry entry);
}
