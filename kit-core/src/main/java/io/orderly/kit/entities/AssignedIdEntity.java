package io.orderly.kit.entities;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import org.springframework.data.domain.Persistable;

/**
 * An entity whose id is assigned by the service and not by the database. It tells Spring Data whether it is new; otherwise
 * Spring Data would execute a select before each insert.
 *
 * @param <K> the type of the id
 */
@MappedSuperclass
public abstract class AssignedIdEntity<K> implements Persistable<K> {

    private transient boolean isStored;

    @Override
    public boolean isNew() {
        return !isStored;
    }

    /** Called by the persistence provider. */
    @PostLoad
    @PostPersist
    public void markStored() {
        isStored = true;
    }
}
