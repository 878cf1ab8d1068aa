/** TensorFlow's wheel for Python 3.11 on Linux x86-64, of which two libraries and some headers are used. */
export const wheel = {
  package: 'tensorflow-cpu',
  version: '2.15.1',
  python: '3.11',
  platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  sizeBytes: 207_208_420,
}

export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']

/** At the most while it is installed: packages 0.3 GB, wheel 0.2 GB, libraries 0.6 GB. */
export const neededBytes = 1_200_000_000
