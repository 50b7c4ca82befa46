//! Weights as thinc writes them: a flat list of layers with their names, attributes and arrays.

use crate::package::msgpack::{self, Value};

/// The layers of a network, in the order of a breadth-first walk.
pub(crate) struct Weights {
    layers: Vec<Layer>,
}

/// A layer.
pub(crate) struct Layer {
    pub(crate) name: String,
    refs: Vec<(String, usize)>,
    attributes: Vec<(String, i64)>,
    arrays: Vec<(String, Array)>,
}

/// An array of weights, row by row.
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

impl Weights {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let file = msgpack::read(bytes).map_err(|e| e.to_string())?;
        let list = |key: &str| {
            let list = file.get(key).and_then(Value::as_array);
            list.ok_or_else(|| format!("no list of {key}"))
        };
        let (nodes, attributes) = (list("nodes")?, list("attrs")?);
        let (params, shims) = (list("params")?, list("shims")?);
        if [attributes.len(), params.len(), shims.len()] != [nodes.len(); 3] {
            return Err("lists of unequal length".to_owned());
        }
        if shims
            .iter()
            .any(|s| s.as_array().is_none_or(|s| !s.is_empty()))
        {
            return Err("a layer that wraps another framework".to_owned());
        }
        let layers = nodes
            .iter()
            .zip(attributes)
            .zip(params)
            .map(|((node, attributes), params)| Layer::new(node, attributes, params))
            .collect::<Result<_, _>>()?;
        Ok(Self { layers })
    }

    /// The layers with exactly this name, in order.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| layer.name == name)
    }

    /// The layer that the first one refers to.
    pub(crate) fn reference(&self, name: &str) -> Result<&Layer, String> {
        let root = self.layers.first().ok_or("no layers")?;
        let index = root.refs.iter().find(|(n, _)| n == name).map(|(_, i)| *i);
        let layer = index.and_then(|i| self.layers.get(i));
        layer.ok_or_else(|| format!("no layer that is the `{name}` of the network"))
    }
}

impl Layer {
    fn new(node: &Value<'_>, attributes: &Value<'_>, params: &Value<'_>) -> Result<Self, String> {
        let name = node
            .get("name")
            .and_then(Value::as_str)
            .ok_or("a layer without name")?;
        let mut layer = Self {
            name: name.to_owned(),
            refs: Vec::new(),
            attributes: Vec::new(),
            arrays: Vec::new(),
        };
        for (key, to) in node.get("refs").and_then(Value::as_map).unwrap_or_default() {
            if let (Some(key), Some(to)) = (key.as_str(), to.as_u64()) {
                layer
                    .refs
                    .push((key.to_owned(), usize::try_from(to).unwrap_or(usize::MAX)));
            }
        }
        for (key, value) in attributes.as_map().unwrap_or_default() {
            // Each attribute is a blob that holds MessagePack in turn; lists and floats are of no use here.
            let blob = value.as_bin().and_then(|blob| msgpack::read(blob).ok());
            if let (Some(key), Some(n)) = (key.as_str(), blob.and_then(|v| v.as_i64())) {
                layer.attributes.push((key.to_owned(), n));
            }
        }
        for (key, value) in params.as_map().unwrap_or_default() {
            if let (Some(key), false) = (key.as_str(), *value == Value::Nil) {
                layer.arrays.push((key.to_owned(), Array::new(value)?));
            }
        }
        Ok(layer)
    }

    /// An attribute that is a whole number.
    pub(crate) fn attribute(&self, name: &str) -> Result<i64, String> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found
            .map(|(_, value)| *value)
            .ok_or_else(|| format!("layer `{}` without `{name}`", self.name))
    }

    /// An array with a number of dimensions.
    pub(crate) fn array<const N: usize>(&self, name: &str) -> Result<(&[f32], [usize; N]), String> {
        let found = self.arrays.iter().find(|(n, _)| n == name);
        let array = found.map(|(_, array)| array);
        let array = array.ok_or_else(|| format!("layer `{}` without `{name}`", self.name))?;
        let shape = array.shape.as_slice().try_into();
        let shape = shape.map_err(|_| format!("array `{name}` of {:?}", array.shape))?;
        Ok((&array.data, shape))
    }
}

impl Array {
    fn new(value: &Value<'_>) -> Result<Self, String> {
        if value.get("type").and_then(Value::as_str) != Some("<f4") {
            return Err("an array that does not hold 32-bit floats".to_owned());
        }
        let shape = value
            .get("shape")
            .and_then(Value::as_array)
            .ok_or("an array without shape")?;
        let shape = shape
            .iter()
            .map(|n| n.as_u64().and_then(|n| usize::try_from(n).ok()))
            .collect::<Option<Vec<_>>>()
            .ok_or("an array with a negative length")?;
        let bytes = value
            .get("data")
            .and_then(Value::as_bin)
            .ok_or("an array without data")?;
        let n = shape.iter().try_fold(4_usize, |n, &d| n.checked_mul(d));
        if n != Some(bytes.len()) {
            return Err(format!("an array of {shape:?} in {} bytes", bytes.len()));
        }
        let (words, _) = bytes.as_chunks::<4>();
        let data: Vec<f32> = words.iter().map(|b| f32::from_le_bytes(*b)).collect();
        if data.iter().any(|x| !x.is_finite()) {
            return Err("a weight that is no number".to_owned());
        }
        Ok(Self { shape, data })
    }
}
