package io.orderly.kit.entities;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import org.springframework.data.domain.Persistable;

/**
 * An entity whose id is assigned by the service and not by the database. Spring Data would look for a row with that id before it
 * inserts one; this tells it whether there is one.
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
