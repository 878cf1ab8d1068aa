import { DataName } from '../../../core/contracts/protocol.ts'
import type { DatasetView } from '../../../core/contracts/views.ts'
import type { Context } from '../context.ts'
import { datasetCatalogue } from './catalogue.ts'
import { prepareDataset } from './prepare-dataset.ts'

/** The data sets that an experiment can use. Prepares them on first use (a second for MNIST). */
export async function listDatasets(ctx: Context): Promise<DatasetView[]> {
  const views: DatasetView[] = []
  for (const name of DataName.options) {
    const spec = await prepareDataset(ctx, name)
    const { label, shape, licence, source } = datasetCatalogue[name]
    views.push({ ...spec, label, shape, licence, source })
  }
  return views
}
