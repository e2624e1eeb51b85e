package io.orderly.kit.entities;

import io.orderly.kit.unitofwork.PendingChanges;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Flushes the entities that the current transaction has persisted, changed or removed. */
record ChangedEntities(EntityManagerFactory factory, PersistenceExceptionTranslator translator)
        implements PendingChanges {

    @Override
    public void flush() {
        if (TransactionSynchronizationManager.getResource(factory) instanceof EntityManagerHolder holder) {
            try {
                holder.getEntityManager().flush();
            } catch (RuntimeException e) {
                throw DataAccessUtils.translateIfNecessary(e, translator);
            }
        }
    }
}
